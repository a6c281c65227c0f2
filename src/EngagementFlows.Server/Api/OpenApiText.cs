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
            description.RelativePath is { } path && (path.StartsWith("api/", StringComparison.Ordinal) || path.StartsWith("health/", StringComparison.Ordinal));
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "EngagementFlows",
                Version = "v1",
                Description = "Flows, instances, tasks, clients and mails. Every error is a Problem Details document (RFC 9457). Lists are read piece by piece: send 'next' of an answer as 'after'.",
            };
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "An API key of the setting EngagementFlows:ApiKeys.",
            };
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (!context.Description.ActionDescriptor.EndpointMetadata.OfType<TakesIdempotencyKey>().Any())
                return Task.CompletedTask;
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = IdempotencyKey.Header,
                In = ParameterLocation.Header,
                Description = "The same key with the same body gets the first answer again, for 7 days; with another body it is refused (422).",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 200 },
            });
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
}

/// <summary>Marks an endpoint that makes something, and so takes an Idempotency-Key.</summary>
internal sealed class TakesIdempotencyKey
{
    public static TakesIdempotencyKey Instance { get; } = new();
}
