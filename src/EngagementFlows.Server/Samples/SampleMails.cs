using EngagementFlows.Postgres.Mail;
using EngagementFlows.Server.Configuration;

namespace EngagementFlows.Server.Samples;

/// <summary>The files of a month's mails, until the month is there.</summary>
/// <remarks>They lie in a folder of their own while it is played, and are moved afterwards: a month that is cut off leaves no mails that nobody knows.</remarks>
internal sealed class SampleMails(ServerOptions options)
{
    /// <summary>Gets where the mails of a month are put while it is played.</summary>
    public string Folder => Path.Combine(options.Mail.Folder, ".month");

    /// <summary>Throws away what a month left that was cut off.</summary>
    public void Clear()
    {
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Moves them to the other mails, or throws them away if their month is not in the database; goes on where an earlier call was cut off.</summary>
    public async Task PublishAsync(GetMail get, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(Folder))
            return;
        string[] files = Directory.GetFiles(Folder, "*.eml");
        // They are of one month: one tells of all.
        bool isThere = files.Length > 0 && await get.ExecuteAsync(Guid.ParseExact(Path.GetFileNameWithoutExtension(files[0]), "D"), cancellationToken) is not null;
        foreach (string file in isThere ? files : [])
            File.Move(file, Path.Combine(options.Mail.Folder, Path.GetFileName(file)), overwrite: true);
        Clear();
    }
}
