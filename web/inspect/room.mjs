// The room inspect.

export function mount(place) {
  place.replaceChildren();
  return {};
}
