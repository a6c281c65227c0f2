using System.Reflection;
using System.Text.Json;
using EngagementFlows.Server.Api;
using Microsoft.AspNetCore.Http.Metadata;

namespace EngagementFlows.Server.Studio.Instances;

/// <summary>A body that the Studio sends about instances: members that we do not know are passed over, an empty body means nothing in particular.</summary>
internal sealed class InstanceBody<T> : IEndpointParameterMetadataProvider
    where T : class, new()
{
    private InstanceBody(T value) => Value = value;

    public T Value { get; }

    /// <exception cref="BadHttpRequestException">The body is too large, not JSON, not of this shape, or holds U+0000.</exception>
    public static async ValueTask<InstanceBody<T>> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        byte[] body = await RequestBody.ReadAsync(context);
        if (body.Length == 0)
            return new InstanceBody<T>(new T());
        RequestBody.RefuseUnstorable(body);
        try
        {
            return new InstanceBody<T>(JsonSerializer.Deserialize<T>(body, StudioJson.Options) ?? new T());
        }
        catch (JsonException fault)
        {
            throw new BadHttpRequestException("The body is not the JSON that is expected.", StatusCodes.Status400BadRequest, fault);
        }
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T), isOptional: true));
}
