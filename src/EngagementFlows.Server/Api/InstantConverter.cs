using System.Text.Json;
using System.Text.Json.Serialization;

namespace EngagementFlows.Server.Api;

/// <summary>An instant in a request: with its offset, or it would be one of the server's own zone, of which who calls knows nothing.</summary>
internal sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String || !reader.TryGetDateTimeOffset(out DateTimeOffset instant))
            throw new InstantException("is no instant");
        string text = reader.GetString()!;
        int time = text.IndexOf('T', StringComparison.Ordinal);
        return time > 0 && text.AsSpan(time).ContainsAny('Z', '+', '-') ? instant : throw new InstantException($"is '{text}', a time without an offset");
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

/// <summary>A value of a request that is no instant; its path is that of the value.</summary>
/// <param name="fault">What is wrong with it, after "the value".</param>
internal sealed class InstantException(string fault) : JsonException($"The value {fault}.")
{
    public override string Message => $"'{Path}' {fault}. Write an instant with its offset, such as 2026-03-02T10:00:00+08:00 or 2026-03-02T02:00:00Z.";
}
