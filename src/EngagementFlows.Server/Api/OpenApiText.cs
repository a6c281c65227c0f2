using EngagementFlows.Engine.Instances;
using EngagementFlows.Scripts;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace EngagementFlows.Server.Api;

/// <summary>What the OpenAPI document says beyond the routes themselves.</summary>
internal static class OpenApiText
{
    private const string Scheme = "apiKey";

    public static void Describe(OpenApiOptions options)
    {
        options.ShouldInclude = description =>
            description.RelativePath is { } path && (path.StartsWith("api/", StringComparison.Ordinal) || path.StartsWith("health/", StringComparison.Ordinal) || path.StartsWith("hooks/", StringComparison.Ordinal));
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "EngagementFlows",
                Version = "v1",
                Description = "Flows, instances, tasks, clients and mails. Every error is a Problem Details document (RFC 9457). Lists are read piece by piece: send 'next' of an answer as 'after'. What two people may change at once has an ETag, which is sent back as If-Match.",
            };
            document.Components ??= new OpenApiComponents();
            OpenApiExamples.DescribeProblems(document.Components);
            // The generator takes a parameter with a default for one that is never null.
            if (document.Components.Schemas?.TryGetValue(nameof(JournalEntry), out IOpenApiSchema? journal) == true && journal is OpenApiSchema { Properties: { } entry })
                entry["data"] = new OpenApiSchema { Type = JsonSchemaType.Object | JsonSchemaType.Null, AdditionalPropertiesAllowed = true };
            if (document.Components.Schemas?.TryGetValue("ProblemDetails", out IOpenApiSchema? named) == true && named is OpenApiSchema problem)
                OpenApiErrors.DescribeProblem(problem);
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "An API key made in the console, or one of the setting EngagementFlows:ApiKeys.",
            };
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            AddHeaders(operation, context.Description.ActionDescriptor.EndpointMetadata);
            // The generator takes the bytes of a file for a text in base64; only the example is one.
            if (operation.RequestBody?.Content?.TryGetValue("application/zip", out OpenApiMediaType? file) == true)
                file.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary", Description = "The bytes of the file; the example shows them in base64." };
            OpenApiErrors.Describe(operation, context);
            OpenApiExamples.Describe(operation, context.Description.HttpMethod ?? "", context.Description.RelativePath ?? "");
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonTypeInfo.Type == typeof(PlainObject))
            {
                schema.Type = JsonSchemaType.Object;
                schema.Properties = null;
                schema.Items = null;
                schema.AdditionalPropertiesAllowed = true;
            }

            return Task.CompletedTask;
        });
    }

    private static void AddHeaders(OpenApiOperation operation, IList<object> metadata)
    {
        operation.Parameters ??= [];
        if (metadata.OfType<TakesIdempotencyKey>().FirstOrDefault() is { } keyed)
        {
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = IdempotencyKey.Header,
                In = ParameterLocation.Header,
                Description = keyed.ShowsSecret
                    ? "The same key with the same body does nothing more, for 7 days: it is told what was made (409, 'made' is its address), since the secret is shown in the first answer only. With another body it is refused (422)."
                    : "The same key with the same body gets the first answer again, for 7 days; with another body it is refused (422).",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 200 },
            });
        }

        if (metadata.OfType<TakesIfMatch>().FirstOrDefault() is { } guarded)
        {
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = "If-Match",
                In = ParameterLocation.Header,
                Required = guarded.IsRequired,
                Description = "The ETag of what the caller saw; another one is refused (412) with who changed it and when.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }
    }
}

/// <summary>Marks an endpoint that makes something, and so takes an Idempotency-Key.</summary>
/// <param name="showsSecret">Whether the answer shows a secret, which is told once.</param>
internal sealed class TakesIdempotencyKey(bool showsSecret)
{
    public static TakesIdempotencyKey Instance { get; } = new(showsSecret: false);

    public static TakesIdempotencyKey Secret { get; } = new(showsSecret: true);

    public bool ShowsSecret => showsSecret;
}
