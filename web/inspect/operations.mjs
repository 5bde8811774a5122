// The list of TaskRouter's operations, as the library's own tables have it.

export async function loadOperations() {
  const response = await fetch('operations.json');
  if (!response.ok) throw new Error(`operations.json: ${response.status}`);
  return (await response.json()).operations;
}
