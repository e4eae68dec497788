// Without validatorUrl the page would send our description to a service of others.
SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#api",
  validatorUrl: null,
  deepLinking: true,
  docExpansion: "none",
  filter: true,
  // A token that was entered is still there when the page is opened again.
  persistAuthorization: true,
  // Schemas are shown where they are used.
  defaultModelsExpandDepth: -1,
});
