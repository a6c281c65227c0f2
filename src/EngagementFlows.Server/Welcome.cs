using System.Text;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Staff;

namespace EngagementFlows.Server;

/// <summary>Tells on standard output where to look, when the server is up.</summary>
internal sealed class Welcome(PublicAddresses addresses, FirstAdministrator firstAdministrator, ServerOptions options)
{
    public async Task SayAsync(TextWriter output, CancellationToken cancellationToken)
    {
        List<(string English, string Chinese, string Value)> lines =
        [
            ("Console", "控制台", addresses.ForStaff + StaffUrls.Home),
            ("Mailbox", "邮件箱", addresses.ForStaff + StaffUrls.Mailbox),
        ];
        if (await firstAdministrator.InviteAsync(cancellationToken) is var (email, token))
        {
            lines.Add(("Set password", "设置密码", $"{addresses.ForStaff}{SignInEndpoints.WelcomePath}/{token}"));
            lines.Add(("", "", $"{email}; opens once, within {options.SignIn.LinkLifetime.TotalHours:0.#} h 一次有效"));
        }

        StringBuilder text = new();
        text.AppendLine().AppendLine("EngagementFlows is up. 已启动。").AppendLine();
        foreach ((string english, string chinese, string value) in lines)
            text.Append("  ").Append(Padded(english, 14)).Append(Padded(chinese, 12)).AppendLine(value);
        text.AppendLine().AppendLine("  Ctrl+C stops it. 按 Ctrl+C 停止。");
        await output.WriteLineAsync(text, cancellationToken);
        await output.FlushAsync(cancellationToken);
    }

    // A Chinese character takes two columns.
    private static string Padded(string text, int columns) =>
        text + new string(' ', Math.Max(1, columns - text.Sum(character => character >= 0x2E80 ? 2 : 1)));
}
