using EngagementFlows.Scripts;
using EngagementFlows.Server.Api;
using EngagementFlows.Server.Imports;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using HttpProtocol = EngagementFlows.Engine.Activities.Http.HttpProtocol;

namespace EngagementFlows.Server.HttpEndpoints;

/// <summary>The body of a request to a flow; of a form with files, its fields and files.</summary>
/// <param name="Bytes">The body as it came.</param>
/// <param name="Fields">The form's fields; <see langword="null"/> if it is none.</param>
/// <param name="Files">The form's files.</param>
internal sealed record HttpUpload(byte[] Bytes, PlainObject? Fields, PlainList Files)
{
    private const int LongestFileName = 255;

    /// <exception cref="BadHttpRequestException">The body is larger than the server's limit, or a form that is broken.</exception>
    public static async Task<HttpUpload> ReadAsync(HttpContext context)
    {
        byte[] body = await RequestBody.ReadAsync(context);
        if (context.Request.ContentType?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) != true)
            return new(body, null, []);
        context.Request.Body = new MemoryStream(body, writable: false);
        try
        {
            // The whole body is in memory, within the limit of all bodies: nothing is put on the disk in between.
            FormFeature feature = new(context.Request, new FormOptions { MemoryBufferThreshold = body.Length + 1, MultipartBodyLengthLimit = body.Length + 1 });
            IFormCollection form = await feature.ReadFormAsync(context.RequestAborted);
            PlainObject fields = new();
            foreach ((string name, StringValues values) in form)
                fields[Clean(name)] = values.Count > 1 ? new PlainList(values.Select(value => Clean(value))) : Clean(values);
            PlainList files = [];
            foreach (IFormFile file in form.Files)
                files.Add(await FileAsync(file, context.RequestAborted));
            return new(body, fields, files);
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException)
        {
            throw new BadHttpRequestException("The body is no whole form of type multipart/form-data. Send it with its boundary and all of its parts.", StatusCodes.Status400BadRequest, fault);
        }
    }

    private static async Task<PlainObject> FileAsync(IFormFile file, CancellationToken cancellationToken)
    {
        // Some browsers send the whole path; a flow must not be led into folders.
        string name = Clean(file.FileName.Split('/', '\\')[^1]);
        return HttpProtocol.File(Clean(file.Name), name.Length <= LongestFileName ? name : name[^LongestFileName..], file.ContentType, await UploadedFile.BytesAsync(file, cancellationToken));
    }

    // PostgreSQL stores no U+0000, and no name or field means it.
    private static string Clean(string? text) => text?.Replace("\0", "", StringComparison.Ordinal) ?? "";
}
