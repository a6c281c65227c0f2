using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace EngagementFlows.Server.Api;

/// <summary>Says of each operation which errors it may answer with, and when.</summary>
internal static class OpenApiErrors
{
    private const string ProblemType = "application/problem+json";
    private const string ProblemSchema = "ProblemDetails";

    public static void Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        IList<object> metadata = context.Description.ActionDescriptor.EndpointMetadata;
        string path = context.Description.RelativePath ?? "";
        operation.Responses ??= [];
        foreach (int status in Expected(operation, metadata, path))
            operation.Responses.TryAdd($"{status}", new OpenApiResponse());
        foreach ((string status, IOpenApiResponse response) in operation.Responses)
        {
            if (response is not OpenApiResponse described || !int.TryParse(status, out int code))
                continue;
            described.Description = MeaningOf(code, path);
            if (code >= 400 && !path.StartsWith("health/", StringComparison.Ordinal))
            {
                described.Content = new Dictionary<string, OpenApiMediaType>
                {
                    [ProblemType] = new()
                    {
                        Schema = new OpenApiSchemaReference(ProblemSchema, context.Document),
                        Examples = new Dictionary<string, IOpenApiExample> { [$"{code}"] = new OpenApiExampleReference(OpenApiExamples.NameOfProblem(code), context.Document) },
                    },
                };
            }
        }
    }

    /// <summary>Adds to the schema of errors what ours have beyond the framework's.</summary>
    public static void DescribeProblem(OpenApiSchema problem)
    {
        problem.Properties ??= new Dictionary<string, IOpenApiSchema>();
        problem.Properties["traceId"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "The request, as the server's log and traces name it." };
        // Some say more: 'faults', 'changedBy', 'made' …
        problem.AdditionalPropertiesAllowed = true;
        problem.AdditionalProperties = null;
    }

    private static IEnumerable<int> Expected(OpenApiOperation operation, IList<object> metadata, string path)
    {
        bool isOpen = metadata.OfType<IAllowAnonymous>().Any();
        if (!isOpen)
        {
            yield return StatusCodes.Status401Unauthorized;
            yield return StatusCodes.Status403Forbidden;
        }

        if (operation.Parameters is { Count: > 0 })
            yield return StatusCodes.Status400BadRequest;
        if (path.Contains('{', StringComparison.Ordinal) && !isOpen)
            yield return StatusCodes.Status404NotFound;
        if (operation.RequestBody is not null)
        {
            yield return StatusCodes.Status400BadRequest;
            yield return StatusCodes.Status413PayloadTooLarge;
            yield return StatusCodes.Status415UnsupportedMediaType;
        }

        if (metadata.OfType<TakesIdempotencyKey>().Any())
        {
            yield return StatusCodes.Status409Conflict;
            yield return StatusCodes.Status422UnprocessableEntity;
        }

        if (metadata.OfType<TakesIfMatch>().FirstOrDefault() is { } guarded)
        {
            yield return StatusCodes.Status412PreconditionFailed;
            if (guarded.IsRequired)
                yield return StatusCodes.Status428PreconditionRequired;
        }

        if (path.StartsWith("health/", StringComparison.Ordinal))
            yield break;
        yield return StatusCodes.Status429TooManyRequests;
        yield return StatusCodes.Status503ServiceUnavailable;
        yield return StatusCodes.Status504GatewayTimeout;
    }

    private static string MeaningOf(int status, string path) => status switch
    {
        StatusCodes.Status200OK => "Done.",
        StatusCodes.Status201Created => "It is made and committed.",
        StatusCodes.Status202Accepted => "It is stored and will be carried out.",
        StatusCodes.Status204NoContent => "Done; there is nothing more to say.",
        StatusCodes.Status400BadRequest => "A parameter, a header or the body cannot be read; 'detail' names it, the value found and the rule.",
        StatusCodes.Status401Unauthorized when path.StartsWith("hooks/", StringComparison.Ordinal) => "There is no such hook, or the message is not signed as it asks for, or its timestamp is too old.",
        StatusCodes.Status401Unauthorized => "Nobody is signed in: the key is missing, unknown, expired or revoked.",
        StatusCodes.Status403Forbidden => "The key's scopes or the person's roles do not allow it, or nobody may do it to what is his own.",
        StatusCodes.Status404NotFound => "There is no such thing, or the caller may not see it.",
        StatusCodes.Status409Conflict => "It stands otherwise by now, or the first request under the same Idempotency-Key is still under way.",
        StatusCodes.Status412PreconditionFailed => "It has changed since the ETag of If-Match was read; 'changedBy' and 'changedAt' say by whom and when.",
        StatusCodes.Status413PayloadTooLarge => "The body is larger than the server takes.",
        StatusCodes.Status415UnsupportedMediaType => "The body's type is not taken here.",
        StatusCodes.Status422UnprocessableEntity => "It was understood and cannot be done; 'faults' lists all that is wrong where there is more than one thing. Or the Idempotency-Key was used for another request.",
        StatusCodes.Status428PreconditionRequired => "If-Match is missing: somebody else may be changing it too.",
        StatusCodes.Status429TooManyRequests => "This key, person or address has sent too many requests within a minute; 'Retry-After' says in how many seconds the next is served.",
        StatusCodes.Status503ServiceUnavailable => "It cannot be served at the moment; 'Retry-After' says when to try again.",
        StatusCodes.Status504GatewayTimeout => "It took too long and was given up; what it began may still be committed. Ask again under the same Idempotency-Key.",
        _ => "See 'detail'.",
    };
}
