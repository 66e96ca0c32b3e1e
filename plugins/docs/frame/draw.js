/* Runs in the sandboxed frame: takes a diagram's source, gives its drawing back. */
addEventListener('message', async (event) => {
  const { id, source, dark } = event.data;
  try {
    mermaid.initialize({
      startOnLoad: false,
      securityLevel: 'strict',
      theme: dark ? 'dark' : 'neutral',
      htmlLabels: false,
      flowchart: { htmlLabels: false },
      maxTextSize: 50000,
    });
    const { svg } = await mermaid.render(`diagram-${id}`, source);
    event.source.postMessage({ id, svg }, '*');
  } catch (error) {
    event.source.postMessage({ id, error: String(error) }, '*');
  }
});
