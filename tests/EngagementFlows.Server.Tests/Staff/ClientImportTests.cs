using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using EngagementFlows.Engagements.Clients;
using EngagementFlows.Postgres.Imports;
using EngagementFlows.Server.Imports;
using EngagementFlows.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EngagementFlows.Server.Tests.Staff;

/// <summary>Files of clients: uploaded, looked at, confirmed once, imported by a worker that may die.</summary>
public sealed class ClientImportTests(HouseFixture house) : IClassFixture<HouseFixture>
{
    private const string Header = "external_id;client;contact;email;language;zone;engagement;owner";

    [Fact]
    public async Task Upload_InGb18030_IsPreviewedConfirmedAndImported()
    {
        string owner = await OwnerAsync();
        byte[] file = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes($"{Header}\nGB-1;华星设计有限公司;王芳;wang@gb.example;zh-CN;Asia/Shanghai;办公室;{owner}\n");

        string page = await UploadAsync(file);
        IDocument preview = await house.ReadAsync(page, "zh-CN");
        using HttpResponseMessage confirmed = await ServerFixture.PostFormAsync(house.Staff, page, page + "/confirm", []);
        using HttpResponseMessage again = await ServerFixture.PostFormAsync(house.Staff, page, page + "/confirm", []);
        await DoneAsync(page);

        preview.Body!.TextContent.Should().ContainAll("GB18030", "分号分隔", "华星设计有限公司", "待确认");
        (await house.ReadAsync(page)).Body!.TextContent.Should().Contain("1 new clients of 1 lines");
        (await house.Postgres.ScalarAsync<long>("select count(*) from client where external_id = 'GB-1' and name = '华星设计有限公司'")).Should().Be(1);
        (await house.Postgres.ScalarAsync<int>("select attempt from client_import where id = $1", IdOf(page))).Should().Be(1, "the second click confirmed nothing");
    }

    [Fact]
    public async Task Upload_WithFaults_ListsThemInBothLanguagesAndAsCsv()
    {
        string page = await UploadAsync(Encoding.UTF8.GetBytes($"{Header}\n=F-1;Fault;Ann;none;en;Mars/Olympus;Loft;nobody@firm.example\n"));

        IDocument english = await house.ReadAsync(page);
        IDocument chinese = await house.ReadAsync(page, "zh-CN");
        string csv = await house.Staff.GetStringAsync(page + "/faults.csv");
        using HttpResponseMessage confirmed = await ServerFixture.PostFormAsync(house.Staff, "/clients/import", page + "/confirm", []);

        english.Body!.TextContent.Should().ContainAll("'Mars/Olympus' is not an IANA time zone", "3 faults");
        chinese.Body!.TextContent.Should().Contain("不是 IANA 时区");
        english.QuerySelector("form[action$=confirm]").Should().BeNull();
        csv.Should().Contain("2,zone,").And.Contain("IANA");
        (await StateAsync(page)).Should().Be("faulty");
        (await house.Postgres.ScalarAsync<long>("select count(*) from client where external_id = '=F-1'")).Should().Be(0);
    }

    [Fact]
    public async Task Import_WhoseWorkerDied_BeginsAnewAndShowsIt()
    {
        string page = await UploadAsync(Encoding.UTF8.GetBytes($"{Header}\nDIED-1;Died;Ann;ann@died.example;en;Europe/Berlin;Loft;{await OwnerAsync()}\n"));
        await house.Postgres.ExecuteAsync(
            "update client_import set state = 'running', attempt = 1, lines_done = 1, confirmed_at = now(), confirmed_by = 'Mia', lease_expires_at = now() + interval '1 hour' where id = $1", IdOf(page));
        IDocument underWay = await house.ReadAsync(page);

        await house.Postgres.ExecuteAsync("update client_import set lease_expires_at = now() - interval '1 second' where id = $1", IdOf(page));
        await DoneAsync(page);

        underWay.Body!.TextContent.Should().ContainAll("1 of 1 lines", "begins anew by itself");
        (await house.Postgres.ScalarAsync<int>("select attempt from client_import where id = $1", IdOf(page))).Should().Be(2);
        (await house.Postgres.ScalarAsync<long>("select count(*) from client where external_id = 'DIED-1'")).Should().Be(1);
    }

    [Fact]
    public async Task Import_ThatStartsFlows_StartsEachOnceAlsoWhenItIsCutOffAfterTheCommit()
    {
        string owner = await OwnerAsync();
        string lines = string.Concat(Enumerable.Range(0, 3).Select(i => string.Create(CultureInfo.InvariantCulture, $"FLOW-{i};Flow {i};Ann;ann{i}@flow.example;en;Europe/Berlin;Loft;{owner}\n")));
        string page = await UploadAsync(Encoding.UTF8.GetBytes($"{Header}\n{lines}"));
        (await ServerFixture.PostFormAsync(house.Staff, page, page + "/confirm", new() { ["flows"] = "start" })).Dispose();
        await DoneAsync(page);

        // As after a kill between the commit and the last start.
        await house.Postgres.ExecuteAsync(
            "insert into client_import_start (import_id, engagement_id) select $1, id from engagement where external_id like 'FLOW-%'", IdOf(page));
        await house.Postgres.ExecuteAsync("update client_import set state = 'starting', ended_at = null, lease_expires_at = now() - interval '1 second' where id = $1", IdOf(page));
        await DoneAsync(page);

        (await house.Postgres.ScalarAsync<long>(
            "select count(*) from instance i join engagement e on e.id::text = i.correlation_id where e.external_id like 'FLOW-%' and i.definition_id = 'client-intake'")).Should().Be(3);
        (await house.Postgres.ScalarAsync<long>("select count(*) from client_import_start")).Should().Be(0);
    }

    [Fact]
    public async Task Drop_ImportThatWaits_LeavesNothing()
    {
        string page = await UploadAsync(Encoding.UTF8.GetBytes($"{Header}\nDROP-1;Drop;Ann;ann@drop.example;en;Europe/Berlin;Loft;{await OwnerAsync()}\n"));

        (await ServerFixture.PostFormAsync(house.Staff, page, page + "/cancel", [])).Dispose();

        (await StateAsync(page)).Should().Be("cancelled");
        (await house.Postgres.ScalarAsync<bool>("select content is null and preview::text not like '%drop.example%' from client_import where id = $1", IdOf(page))).Should().BeTrue("addresses of people are not kept without need");
    }

    [Fact]
    public async Task Upload_NobodyDecidedAbout_SaysThatItIsGone()
    {
        // The preview cuts the name in the middle of its last character.
        string page = await UploadAsync(Encoding.UTF8.GetBytes($"{Header}\nGONE-1;{new string('x', 99)}😀;Ann;ann@gone.example;en;Europe/Berlin;Loft;{await OwnerAsync()}\n"));
        string waiting = (await house.ReadAsync(page)).Body!.TextContent;
        await house.Postgres.ExecuteAsync("update client_import set uploaded_at = now() - interval '8 days' where id = $1", IdOf(page));
        await ExpireUploads.ExecuteAsync(house.Postgres.DataSource, TimeSpan.FromDays(7), default);

        IDocument gone = await house.ReadAsync(page);
        using HttpResponseMessage confirmed = await ServerFixture.PostFormAsync(house.Staff, "/clients/import", page + "/confirm", []);
        using HttpResponseMessage byProgram = await house.Program(StaffRoles.Operator).PostAsync($"api/clients/imports/{IdOf(page)}/confirm", null);

        waiting.Should().ContainAll("If nobody decides about it, the file is removed on", "ann@gone.example");
        gone.Body!.TextContent.Should().Contain("Nobody decided about this file").And.NotContain("ann@gone.example");
        gone.QuerySelectorAll("form[action$=confirm], form[action$=cancel]").Should().BeEmpty("nothing is left to decide");
        (await house.ReadAsync(page, "zh-CN")).Body!.TextContent.Should().Contain("该文件无人处理");
        (await house.ReadAsync("/clients/import")).Body!.TextContent.Should().Contain("removed, nobody decided");
        byProgram.StatusCode.Should().Be(HttpStatusCode.Conflict);
        (await byProgram.Content.ReadAsStringAsync()).Should().ContainAll("expired", "Upload the file again");
        (await StateAsync(page)).Should().Be("expired");
    }

    [Fact]
    public async Task Acts_AreAuditedOnce_AndTheSecondClickLeavesNothing()
    {
        string confirmed = await UploadAsync(Encoding.UTF8.GetBytes($"{Header}\nAUD-1;Audit;Ann;ann@audit.example;en;Europe/Berlin;Loft;{await OwnerAsync()}\n"));
        string dropped = await UploadAsync(Encoding.UTF8.GetBytes($"{Header}\nAUD-2;Audit;Ann;none\n"));

        foreach (string act in new[] { confirmed + "/confirm", confirmed + "/confirm", dropped + "/cancel", dropped + "/cancel" })
            (await ServerFixture.PostFormAsync(house.Staff, "/clients/import", act, [])).Dispose();
        await DoneAsync(confirmed);

        (await ActsAsync(confirmed)).Should().Be("ClientImportUploaded ClientImportConfirmed");
        (await ActsAsync(dropped)).Should().Be("ClientImportUploaded ClientImportCancelled");
        (await house.Postgres.ScalarAsync<long>("select count(*) from audit where subject = $1 and actor not like 'person:%'", $"client-import/{IdOf(confirmed)}")).Should().Be(0);
    }

    [Fact]
    public async Task Import_ThatFails_SaysWhyInTheReadersLanguage()
    {
        Guid leaver = new("0198c0de-0000-7000-8000-00000000a001");
        await house.Postgres.ExecuteAsync(
            "insert into person (id, name, email, roles, language, zone) values ($1, 'Lea', 'lea@leaves.example', '{account-manager}', 'en', 'Europe/Berlin')", leaver);
        string page = await UploadAsync(Encoding.UTF8.GetBytes($"{Header}\nLEFT-1;Left;Ann;ann@left.example;en;Europe/Berlin;Loft;lea@leaves.example\n"));
        await house.Postgres.ExecuteAsync("update person set is_active = false where id = $1", leaver);

        (await ServerFixture.PostFormAsync(house.Staff, page, page + "/confirm", [])).Dispose();
        house.Services.GetRequiredService<ClientImportSignal>().Wake();
        await Eventually.BecomesAsync(() => StateAsync(page), "failed");

        (await house.ReadAsync(page)).QuerySelector(".fault")!.TextContent.Should().ContainAll("Line 2", "is no longer active", "upload the file again");
        (await house.ReadAsync(page, "zh-CN")).QuerySelector(".fault")!.TextContent.Should().ContainAll("第 2 行", "已停用", "请重新上传文件");
        (await house.Postgres.ScalarAsync<long>("select count(*) from client where external_id = 'LEFT-1'")).Should().Be(0);
    }

    [Fact]
    public async Task Program_UploadsALargeFileAndConfirmsIt()
    {
        string owner = await OwnerAsync();
        StringBuilder file = new(Header.Replace(';', ',') + "\n");
        for (int i = 0; i < 12_000; i++)
            file.Append(CultureInfo.InvariantCulture, $"API-{i},Client {i},Ann,ann{i}@api.example,en,Europe/Berlin,{new string('L', 150)},{owner}\n");
        HttpClient program = house.Program(StaffRoles.Operator);
        using ByteArrayContent body = new(Encoding.UTF8.GetBytes(file.ToString())) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };

        using HttpResponseMessage uploaded = await program.PostAsync("api/clients/imports?fileName=..%2F..%2Fbig.csv", body);
        JsonElement import = JsonDocument.Parse(await uploaded.Content.ReadAsStringAsync()).RootElement;
        string address = $"api/clients/imports/{import.GetProperty("id").GetString()}";
        using HttpResponseMessage confirmed = await program.PostAsync(address + "/confirm", null);
        using HttpResponseMessage again = await program.PostAsync(address + "/confirm", null);
        await Eventually.BecomesAsync(async () => JsonDocument.Parse(await program.GetStringAsync(address)).RootElement.GetProperty("state").GetString(), "done");

        uploaded.StatusCode.Should().Be(HttpStatusCode.Created);
        (import.GetProperty("fileName").GetString(), import.GetProperty("made").GetInt32()).Should().Be(("big.csv", 12_000));
        (confirmed.StatusCode, again.StatusCode).Should().Be((HttpStatusCode.Accepted, HttpStatusCode.Conflict));
        (await house.Postgres.ScalarAsync<long>("select count(*) from client where external_id like 'API-%'")).Should().Be(12_000);
    }

    private async Task<string> UploadAsync(byte[] file)
    {
        IDocument form = await house.ReadAsync("/clients/import");
        using MultipartFormDataContent content = new();
        using StringContent token = new(form.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!);
        using ByteArrayContent bytes = new(file);
        content.Add(token, "__RequestVerificationToken");
        content.Add(bytes, "file", "clients.csv");
        using HttpResponseMessage answer = await house.Staff.PostAsync("/clients/import/upload", content);
        answer.StatusCode.Should().Be(HttpStatusCode.Found, await answer.Content.ReadAsStringAsync());
        return answer.Headers.Location!.OriginalString;
    }

    private static Guid IdOf(string page) => Guid.Parse(page.Split('/')[^1]);

    private Task<string?> ActsAsync(string page) =>
        house.Postgres.ScalarAsync<string>("select string_agg(act, ' ' order by sequence) from audit where chain = 'administration' and subject = $1", $"client-import/{IdOf(page)}");

    private Task<string?> StateAsync(string page) => house.Postgres.ScalarAsync<string>("select state from client_import where id = $1", IdOf(page));

    private Task DoneAsync(string page)
    {
        house.Services.GetRequiredService<ClientImportSignal>().Wake();
        return Eventually.BecomesAsync(() => StateAsync(page), "done");
    }

    private async Task<string> OwnerAsync() => (await house.Postgres.ScalarAsync<string>("select email from person where 'account-manager' = any(roles) and is_active order by email limit 1"))!;
}
