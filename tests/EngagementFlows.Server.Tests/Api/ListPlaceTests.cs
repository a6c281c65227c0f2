using System.Net;
using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Server.Tests.Staff;
using static EngagementFlows.Server.Tests.Api.ApiFixture;

namespace EngagementFlows.Server.Tests.Api;

/// <summary>A list is asked for a page that begins where the list has no place.</summary>
[Collection(HouseCollection.Name)]
public sealed class ListPlaceTests(HouseFixture house)
{
    // A key of the right shape whose instant is none, and one whose bytes are no UTF-8.
    private static readonly string Tampered = Convert.ToBase64String(Encoding.UTF8.GetBytes("soon\u001f" + Guid.Empty.ToString("N"))).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    private static readonly string NoText = Convert.ToBase64String([0xff, 0xfe, 0x1f, .. Encoding.UTF8.GetBytes(Guid.Empty.ToString("N"))]).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    public static TheoryData<string, string> Lists()
    {
        TheoryData<string, string> lists = [];
        foreach (string list in new[] { "clients", "tasks?all=true", "mails", "instances", "incidents", "instances/{instance}/journal" })
        {
            foreach (string place in new[] { "!!!", "MTIzNDU2", "-1", "1.5", "{tampered}", "{noText}" })
            {
                // The list of clients is ordered by name: any text is a place in it.
                if (list != "clients" || place != "{tampered}")
                    lists.Add(list, place);
            }
        }

        return lists;
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task Api_PlaceThatTheListDoesNotHave_IsABadRequestThatNamesTheField(string list, string place)
    {
        Guid instance = await house.Postgres.ScalarAsync<Guid>("select id from instance limit 1");
        string sent = place.Replace("{tampered}", Tampered).Replace("{noText}", NoText);
        string address = $"api/{list.Replace("{instance}", instance.ToString())}";

        using HttpResponseMessage answer = await house.Program(StaffRoles.Operator).GetAsync($"{address}{(address.Contains('?') ? '&' : '?')}after={Uri.EscapeDataString(sent)}");

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        JsonElement problem = await ReadAsync(answer);
        problem.GetProperty("field").GetString().Should().Be("after");
        problem.GetProperty("detail").GetString().Should().StartWith("'after' is '").And.Contain("leave 'after' out");
    }

    [Theory]
    [InlineData("clients")]
    [InlineData("mails")]
    [InlineData("instances")]
    public async Task Api_NextOfTheFirstPage_IsAPlace(string list)
    {
        HttpClient program = house.Program(StaffRoles.Operator);
        JsonElement first = await ReadAsync(await program.GetAsync($"api/{list}?limit=1"));
        JsonElement second = await ReadAsync(await program.GetAsync($"api/{list}?limit=1&after={first.GetProperty("next").GetString()}"));

        second.GetProperty("items")[0].GetProperty("id").GetString().Should().NotBe(first.GetProperty("items")[0].GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("/clients?q=a&after=!!!", "/clients?q=a")]
    [InlineData("/mailbox?to=client&after=zzz", "/mailbox?to=client")]
    [InlineData("/inbox?after=zzz", "/inbox")]
    [InlineData("/instances?state=attention&before=1", "/instances?state=attention")]
    [InlineData("/incidents?before=nothing", "/incidents")]
    [InlineData("/instances/{instance}?after=x", "/instances/{instance}")]
    [InlineData("/clients/{client}?after=x&kind=note", "/clients/{client}?kind=note")]
    public async Task Page_PlaceThatTheListDoesNotHave_ShowsTheBeginningAndSaysSo(string path, string beginning)
    {
        string instance = (await house.Postgres.ScalarAsync<Guid>("select id from instance limit 1")).ToString();
        string client = (await house.Postgres.ScalarAsync<Guid>("select id from client limit 1")).ToString();

        using HttpResponseMessage moved = await house.Staff.GetAsync(path.Replace("{instance}", instance).Replace("{client}", client));
        IDocument page = await HouseFixture.ParseAsync(await house.Staff.GetStringAsync(moved.Headers.Location));

        moved.StatusCode.Should().Be(HttpStatusCode.Found);
        moved.Headers.Location!.OriginalString.Should().Be(beginning.Replace("{instance}", instance).Replace("{client}", client));
        page.Body!.TextContent.Should().ContainAny("a place that this list does not have", "位置不在此列表中");
    }
}
