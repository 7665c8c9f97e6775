// Shows the document. Runs after the library; both are deferred.
window.SwaggerUIBundle({
  url: '/v1/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  docExpansion: 'none',
  filter: true,
  persistAuthorization: false,
  showExtensions: true,
  operationsSorter: 'alpha',
  // The validator that the library would ask stands on somebody else's server.
  validatorUrl: null,
});
