// The room in which the workspace is played with.
import { StoryView } from './story_view.mjs';

export async function mount() {
  const view = new StoryView(await import('../taskrouter.mjs'));
  await view.start();
  return {};
}
