using System.Text;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Postgres.Accounts;
using EngagementFlows.Server.Configuration;
using EngagementFlows.Server.Samples;
using EngagementFlows.Server.Security;
using EngagementFlows.Server.Staff;

namespace EngagementFlows.Server;

/// <summary>Tells on standard output where to look, when the server is up.</summary>
internal sealed class Welcome(
    PublicAddresses addresses, FirstAdministrator firstAdministrator, SampleData samples, GetSessionPerson getSessionPerson, AccountLinks links, ServerOptions options)
{
    /// <param name="output">Where to.</param>
    /// <param name="hasSamples">Whether the sample firm is there to be shown around.</param>
    /// <param name="cancellationToken">Ends the telling.</param>
    public async Task SayAsync(TextWriter output, bool hasSamples, CancellationToken cancellationToken)
    {
        List<(string English, string Chinese, string Value)> lines =
        [
            ("Console", "控制台", addresses.ForStaff + StaffUrls.Home),
            ("Mailbox", "邮件箱", addresses.ForStaff + StaffUrls.Mailbox),
        ];
        (string? clientLink, Person? owner, Person? architect) = hasSamples ? await samples.FindTourAsync(cancellationToken) : default;
        if (clientLink is not null)
            lines.Add(("First client", "首位客户", clientLink));
        if (await firstAdministrator.InviteAsync(cancellationToken) is var (email, token))
        {
            AddInvitation(lines, "Set password", "设置密码", email, token);
        }

        // Who shows himself around acts as the client's owner first and as the architect then: their accounts wait for a password as well.
        await InviteAsync(lines, "Owner", "客户经理", owner, cancellationToken);
        await InviteAsync(lines, "Architect", "架构师", architect, cancellationToken);

        StringBuilder text = new();
        text.AppendLine().AppendLine("EngagementFlows is up. 已启动。").AppendLine();
        foreach ((string english, string chinese, string value) in lines)
            text.Append("  ").Append(Padded(english, 14)).Append(Padded(chinese, 12)).AppendLine(value);
        text.AppendLine().AppendLine("  Ctrl+C stops it. 按 Ctrl+C 停止。");
        await output.WriteLineAsync(text, cancellationToken);
        await output.FlushAsync(cancellationToken);
    }

    private async Task InviteAsync(List<(string English, string Chinese, string Value)> lines, string english, string chinese, Person? person, CancellationToken cancellationToken)
    {
        if (person is not null && await getSessionPerson.ExecuteAsync(person.Id, cancellationToken) is null)
            AddInvitation(lines, english, chinese, person.Email, await links.CreateAsync(person.Id, "server", cancellationToken));
    }

    private void AddInvitation(List<(string English, string Chinese, string Value)> lines, string english, string chinese, string email, string token)
    {
        lines.Add((english, chinese, $"{addresses.ForStaff}{SignInEndpoints.WelcomePath}/{token}"));
        lines.Add(("", "", $"{email}; opens once, within {options.SignIn.LinkLifetime.TotalHours:0.#} h 一次有效"));
    }

    // A Chinese character takes two columns.
    private static string Padded(string text, int columns) =>
        text + new string(' ', Math.Max(1, columns - text.Sum(character => character >= 0x2E80 ? 2 : 1)));
}
