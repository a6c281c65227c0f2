using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using EngagementFlows.Engagements.Mail;
using EngagementFlows.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace EngagementFlows.AcceptanceTests.Browser;

/// <summary>Plain HTTP on another name than localhost: the browser sends no Sec-Fetch headers there, and forms work all the same.</summary>
[Collection(BrowserCollection.Name)]
public sealed class When_a_client_answers_over_the_office_network(BrowserFixture browser, When_a_client_answers_over_the_office_network.Office office) : BrowserTest(browser), IClassFixture<When_a_client_answers_over_the_office_network.Office>
{
    [Fact]
    public async Task Should_take_the_clients_answer_and_let_staff_in()
    {
        string address = $"http://{Office.Network}:{office.Address.Port}";
        IPage form = await Browser.OpenAsync(address, "en", 390);
        Guid link = await office.Postgres.ScalarAsync<Guid>("select id from link where state = 'open' order by id limit 1");
        string path = new Uri(office.Services.GetRequiredService<Func<MailAddresses>>()().LinkOf(link)).AbsolutePath;

        await form.GotoAsync(path);
        await form.ClickAsync(".decline a");
        await form.FillAsync("#reason", "Another time.");
        await form.ClickAsync("button.primary");
        await form.WaitForURLAsync(url => url.EndsWith("?sent", StringComparison.Ordinal));

        (await office.Postgres.ScalarAsync<string>("select outcome from link where id = $1", link)).Should().Be("Declined");
        IPage staff = await Browser.OpenAsync(address, "en", 1280);
        await office.SignInAsync(staff, "samuel.osei@linden.example");
        (await staff.InnerTextAsync("h1")).Should().NotBeEmpty();
        await staff.ClickAsync("button[name=language]");
        await staff.WaitForSelectorAsync("html[lang='zh-CN']");
    }

    /// <summary>The sample firm's server, listening on the machine's own address in its network.</summary>
    public sealed class Office : SampleFirm
    {
        /// <summary>Gets an address of this machine that is not loopback, or loopback by another name where it has no other.</summary>
        public static string Network { get; } = NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(card => card.GetIPProperties().UnicastAddresses)
            .Select(one => one.Address)
            .FirstOrDefault(one => one.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(one))?.ToString() ?? "0.0.0.0";

        protected override string Urls => $"http://{Network}:0";
    }
}
