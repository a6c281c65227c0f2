using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;

namespace EngagementFlows.Server.Api;

/// <summary>A request's JSON body, read once: checked, made into <typeparamref name="T"/>, and hashed if the request carries an Idempotency-Key.</summary>
internal sealed class JsonBody<T> : IEndpointParameterMetadataProvider
    where T : class, new()
{
    private JsonBody(T value, IdempotencyKey? key)
    {
        Value = value;
        Key = key;
    }

    public T Value { get; }

    public IdempotencyKey? Key { get; }

    /// <exception cref="BadHttpRequestException">The body is too large, not JSON, not of this shape, or holds U+0000.</exception>
    public static async ValueTask<JsonBody<T>> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        byte[] body = await RequestBody.ReadAsync(context);
        IdempotencyKey? key = IdempotencyKey.Of(context, body);
        if (body.Length == 0)
            return new JsonBody<T>(new T(), key);
        if (!context.Request.HasJsonContentType())
            throw new BadHttpRequestException($"The body's type is '{context.Request.ContentType}'; it must be application/json.", StatusCodes.Status415UnsupportedMediaType);
        RequestBody.RefuseUnstorable(body);
        try
        {
            return new JsonBody<T>(JsonSerializer.Deserialize<T>(body, ApiJson.Options) ?? new T(), key);
        }
        catch (JsonException fault)
        {
            throw new BadHttpRequestException("The body is not the JSON that is expected.", StatusCodes.Status400BadRequest, fault);
        }
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T), isOptional: false));
}
