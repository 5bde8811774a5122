// The room scenarios.

export function mount(place) {
  place.replaceChildren();
  return {};
}
