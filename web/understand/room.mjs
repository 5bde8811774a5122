// The room understand.

export function mount(place) {
  place.replaceChildren();
  return {};
}
