using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Flatnet.Server.Rest.Description;

/// <summary>What the description says of the whole.</summary>
internal static class DocumentText
{
    public static Task Write(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Flatnet log server",
            Version = "1.0.0",
            Description = "Takes the lines of tasks, keeps them, and shows them to everybody at once.",
        };
        // Whoever reads it knows the address.
        document.Servers?.Clear();
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            ["bearer"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A JSON Web Token or an API key." },
            ["apiKey"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "X-API-Key" },
        };
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        foreach ((string name, IOpenApiSchema schema) in Shapes.All(document))
        {
            document.Components.Schemas[name] = schema;
        }

        document.Security =
        [
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("bearer", document)] = [] },
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("apiKey", document)] = [] },
        ];
        return Task.CompletedTask;
    }
}
