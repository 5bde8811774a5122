// Shows an error where it happened: under its field, or under the button that caused it.
import { element } from './dom.mjs';

function helpLink(address) {
  if (!/^https?:\/\//.test(address ?? '')) return undefined;
  return element('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, address);
}

function summary(error) {
  if (error.kind === 'api') {
    return [`Status ${error.status}`, error.code ? `code ${error.code}` : '']
      .filter(Boolean)
      .join(', ');
  }
  if (error.kind === 'argument') return 'Not sent';
  if (error.kind === 'transport') return 'No answer';
  if (error.kind === 'body') return 'Unreadable answer';
  return 'Error';
}

export function showFailure(place, error) {
  const link = helpLink(error.moreInfo);
  place.replaceChildren(
    element('p', { class: 'failure-title' }, summary(error)),
    element('p', {}, error.message),
    link ? element('p', {}, link) : '',
  );
  place.hidden = false;
}

export function clearFailure(place) {
  place.replaceChildren();
  place.hidden = true;
}

// Marks the input too, and ties it to its message.
export function showFieldFailure(input, place, error) {
  showFailure(place, error);
  input.setAttribute('aria-invalid', 'true');
}

export function clearFieldFailure(input, place) {
  clearFailure(place);
  input.removeAttribute('aria-invalid');
}
