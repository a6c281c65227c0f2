namespace EngagementFlows.Server.Api;

/// <summary>Reads bodies within the limit.</summary>
internal static class RequestBody
{
    /// <exception cref="BadHttpRequestException">The body is larger than the server's limit.</exception>
    public static async Task<byte[]> ReadAsync(HttpContext context)
    {
        // Kestrel counts the bytes whatever Content-Length says, and stops at the limit.
        using MemoryStream whole = new(context.Request.ContentLength is > 0 and < 1024 * 1024 and var length ? (int)length : 0);
        await context.Request.Body.CopyToAsync(whole, context.RequestAborted);
        return whole.ToArray();
    }

    /// <summary>Refuses a JSON text in which some string holds U+0000: PostgreSQL stores none, and nobody means it.</summary>
    /// <exception cref="BadHttpRequestException">There is one.</exception>
    public static void RefuseZero(ReadOnlySpan<byte> json)
    {
        for (int at = json.IndexOf((byte)'\\'); at >= 0;)
        {
            if (json[(at + 1)..].StartsWith("u0000"u8))
                throw new BadHttpRequestException($"A text in the body holds the character U+0000 (byte {at + 1}). Take it out.");
            int next = at + 2 < json.Length ? json[(at + 2)..].IndexOf((byte)'\\') : -1;
            at = next < 0 ? -1 : at + 2 + next;
        }
    }
}
