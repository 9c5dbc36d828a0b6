using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Baton.Server.Tests.Processes;

/// <summary>What the program does with what it cannot use.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData("serve", "--urls", "http://127.0.0.1:0")]
    [InlineData("ledger", "verify", null)]
    public async Task Refuses_a_damaged_database_in_one_line(string verb, string option, string? value)
    {
        using var place = new Place(file: true);
        await File.WriteAllTextAsync(place.Database, "this is no database, " + new string('x', 8192));
        string[] playbook = verb == "serve" ? ["--playbook", place.Playbook] : [];

        var ended = await BatonProgram.RunAsync(
            [verb, option, .. value is null ? Array.Empty<string>() : [value], .. playbook, "--db", place.Database]);

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains(place.Database, ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("run")]
    public async Task Refuses_a_playbook_with_a_mistake_and_names_the_line(string verb)
    {
        using var place = new Place(file: true);
        await File.AppendAllTextAsync(Path.Combine(place.Playbook, "escalation.yaml"), "colour: red\n");
        string[] what = verb == "serve" ? ["--urls", "http://127.0.0.1:0"] : [place.File("tickets.jsonl", Line(1))];

        var ended = await BatonProgram.RunAsync([verb, .. what, "--playbook", place.Playbook, "--db", place.Database]);

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("escalation.yaml", ended.Errors, StringComparison.Ordinal);
        Assert.Contains("colour", ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("orders.example", 1)]
    [InlineData("ftp://orders.example", 1)]
    [InlineData("http://127.0.0.1:1/shop", 0)]
    public async Task Takes_the_address_of_the_order_system_or_says_what_is_wrong_with_it(string address, int code)
    {
        using var place = new Place(file: true);
        var file = place.File("tickets.jsonl", """{"id":"T-1","body":"I want to talk to a human"}""");

        var ended = await BatonProgram.RunAsync(
            "run", file, "--playbook", place.Playbook, "--db", place.Database, "--tool-base", address);

        Assert.Equal(code, ended.ExitCode);
        Assert.Equal(code == 1,
            ended.Errors.Contains($"--tool-base '{address}' is not an address", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Changes_nothing_when_a_file_runs_again()
    {
        using var place = new Place(file: true);
        var file = place.File("tickets.jsonl", string.Join('\n', Enumerable.Range(0, 40).Select(Line)));

        var first = await RunAsync(place, file);
        var before = await BatonProgram.RunAsync("ledger", "verify", "--db", place.Database);
        var again = await RunAsync(place, file);
        var after = await BatonProgram.RunAsync("ledger", "verify", "--db", place.Database);

        Assert.Equal((0, 0, 0), (first.ExitCode, again.ExitCode, before.ExitCode));
        Assert.Equal(before.Output, after.Output);
        Assert.Equal(40, (await place.CheckEveryTicketOnceAsync()).Count);
    }

    [Fact]
    public async Task Reports_lines_whose_id_came_before_with_other_content_and_keeps_the_first()
    {
        using var place = new Place(file: true);
        var others = string.Join('\n', Enumerable.Range(0, 30).Select(i => $$"""{"id":"U-1","body":"other {{i}}"}"""));
        var file = place.File("tickets.jsonl", $"{Line(1)}\n{others}\n{Line(1)}\n{Line(2)}");

        var ended = await RunAsync(place, file);

        Assert.Equal(2, ended.ExitCode);
        Assert.All(Enumerable.Range(2, 30), line => Assert.Contains(
            $"{file}:{line}: ticket id 'U-1' came before with other content: digest ", ended.Errors,
            StringComparison.Ordinal));
        Assert.Contains("refused        30 lines", ended.Output, StringComparison.Ordinal);
        Assert.Equal(["U-1", "U-2"], (await place.CheckEveryTicketOnceAsync()).Order());
    }

    [Fact]
    public async Task Reports_unreadable_lines_by_number_and_decides_the_rest()
    {
        using var place = new Place(file: true);
        var file = place.File("tickets.jsonl", $$"""
            {{Line(1)}}
            {"id": "broken
            {{Line(3)}}
            {"id":"U-4","body":"hello","colour":"red"}

            [1, 2]
            """);

        var ended = await RunAsync(place, file);

        Assert.Equal(2, ended.ExitCode);
        Assert.All((int[])[2, 4, 6],
            line => Assert.Contains($"{file}:{line}: ", ended.Errors, StringComparison.Ordinal));
        Assert.Equal(["U-1", "U-3"], (await place.CheckEveryTicketOnceAsync()).Order());
    }

    [Fact]
    public async Task Sends_back_what_a_full_queue_has_no_room_for_and_stores_none_of_it()
    {
        await using var shop = await SlowShop.StartAsync();
        using var place = new Place(shop.Address, file: true);
        using var server = await ServerProcess.StartAsync(place, null, ("BATON__Jobs__QueueLimit", "3"));

        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.Accepted,
                (await server.SubmitAsync($"F-{i}", "where is my order T-1234")).StatusCode);
        var refused = await server.SubmitAsync("F-3", "where is my order T-1234");

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Http.GetAsync("/api/tickets/F-3")).StatusCode);
        shop.Open();
        await place.WaitForDecisionsAsync(3);
        Assert.Equal(HttpStatusCode.Accepted, (await server.SubmitAsync("F-3", "where is my order T-1234")).StatusCode);
        await place.WaitForDecisionsAsync(4);
        Assert.Equal(4, (await place.CheckEveryTicketOnceAsync()).Count);
    }

    [Fact]
    public async Task Refuses_a_setting_that_is_no_number()
    {
        using var place = new Place(file: true);
        using var process = BatonProgram.Start(
            ["serve", "--urls", "http://127.0.0.1:0", "--db", place.Database, "--playbook", place.Playbook],
            ("BATON__Jobs__QueueLimit", "many"));
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(1, process.ExitCode);
        Assert.Contains("many", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("run")]
    public async Task Refuses_all_settings_that_cannot_be_used_at_once(string verb)
    {
        using var place = new Place(file: true);
        string[] what = verb == "serve" ? ["--urls", "http://127.0.0.1:0"] : [place.File("tickets.jsonl", Line(1))];
        using var process = BatonProgram.Start(
            [verb, .. what, "--db", place.Database, "--playbook", place.Playbook],
            ("BATON__Jobs__Concurrency", "0"), ("BATON__Jobs__PolMs", "250"),
            ("BATON__Gateway__ReceiptGather", "00:05:00"),
            ("BATON__Telemetri__Endpoint", "http://127.0.0.1:1"));
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(1, process.ExitCode);
        Assert.Contains("setting BATON__Jobs__Concurrency: is 0, use 1 to 1,000\n", errors, StringComparison.Ordinal);
        Assert.Contains("setting BATON__Jobs__PolMs: unknown; did you mean BATON__Jobs__PollMs?\n", errors,
            StringComparison.Ordinal);
        Assert.Contains("setting BATON__Gateway__ReceiptGather: is 5m, use 0s to 1s\n", errors,
            StringComparison.Ordinal);
        Assert.Contains("setting BATON__Telemetri: unknown; did you mean BATON__Telemetry?\n", errors,
            StringComparison.Ordinal);
        Assert.False(File.Exists(place.Database));
    }

    [Fact]
    public async Task Refuses_a_setting_of_storage_in_a_verb_that_only_opens_the_database()
    {
        using var place = new Place(file: true);
        await File.WriteAllTextAsync(place.Database, "");
        using var process = BatonProgram.Start(
            ["ledger", "verify", "--db", place.Database], ("BATON__Storage__GroupLimit", "-1"));
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(1, process.ExitCode);
        Assert.EndsWith("\nbaton: setting BATON__Storage__GroupLimit: is -1, use 1 to 100,000\n", errors,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10_000, 0)]
    [InlineData(10_001, 2)]
    public async Task Decides_a_conversation_of_ten_thousand_messages_and_refuses_a_longer_one(
        int messages, int exitCode)
    {
        using var place = new Place(file: true);
        var texts = Enumerable.Range(1, messages)
            .Select(i => new { from = i % 2 == 0 ? "customer" : "agent", text = $"message {i}" });
        var file = place.File("long.jsonl", JsonSerializer.Serialize(new { id = "long", messages = texts }));

        var ended = await RunAsync(place, file);

        Assert.Equal(exitCode, ended.ExitCode);
        var decisions = await place.LookAsync(c => c.Number("select count(*) from decisions"));
        Assert.Equal(exitCode == 0 ? 1 : 0, decisions);
        if (exitCode != 0) Assert.Contains(
            10_000.ToString("0", CultureInfo.InvariantCulture), ended.Errors.Replace(",", ""),
            StringComparison.Ordinal);
    }

    private static Task<Ended> RunAsync(Place place, string file) =>
        BatonProgram.RunAsync("run", file, "--playbook", place.Playbook, "--db", place.Database);

    private static string Line(int number) =>
        $$"""{"id":"U-{{number}}","customer":{"id":"c-{{number}}","tier":"free"},"body":"how long do I have to return something"}""";
}
