using System.IO.Compression;
using Baton.Audit.Entries;
using Baton.Audit.Exporting;
using Baton.Conversations.RawTexts;
using Baton.Operations;
using Baton.Operations.Autonomy;
using Baton.Playbooks;
using Baton.Storage;
using Baton.Storage.Events;
using Baton.Testing;
using Baton.Tests.Decisions.Desks;
using Microsoft.Extensions.Logging.Abstractions;

namespace Baton.Tests.Audit;

/// <summary>Who did what, when, why, before and after, on both databases.</summary>
public sealed class AuditViewTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("baton-audit-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Tells_acts_with_what_was_before_and_pages_through_them(bool server)
    {
        var clock = new ManualClock();
        await using var database = server ? PostgresCluster.Open(PostgresCluster.NewDatabase(), clock)
            : Database.Open(new DatabaseOptions { Path = Path.Combine(_folder, "baton.db") }, clock);
        var (killSwitch, rungs) = (
            new KillSwitch(database, new KillSwitchOptions(null), text => text),
            new AutonomyRungs(database, text => text));
        var reads = new DataReads(database);
        await killSwitch.SetAsync(true, "p_ann", "wrong prices", Token);
        clock.Advance(TimeSpan.FromMinutes(1));
        await killSwitch.SetAsync(false, "p_omar", "prices are right", Token);
        await killSwitch.SetAsync(true, KillScope.Agent, "refund", "p_omar", "too fast", Token);
        await rungs.SetAsync("order_status", AutonomyRung.Auto, 0.5, "p_ann", "good month", Token);
        for (var look = 0; look < 3; look++)
        {
            await reads.NoteAsync("T-1", "p_ann", DataReads.Texts, null, Token);
            clock.Advance(TimeSpan.FromMinutes(40));
        }
        // On a server an event is told once no write that began before it is under way, in whatever database.
        await Until.TrueAsync(() => database.Read(c => Ledger.HeadsAfter(c, default, 100)).Count == 6);
        Assert.True(await Follower(database).CatchUpAsync(Token));

        var all = Read(database, new AuditFilter());
        Assert.Equal(
            ["PersonalDataRead", "PersonalDataRead", "AutonomyChanged", "KillSwitchChanged", "KillSwitchChanged", "KillSwitchChanged"],
            all.Select(e => e.Type));
        Assert.Equal(("p_omar", "true", "false", "prices are right", "kill_switch"),
            (all[4].Actor, all[4].Before, all[4].After, all[4].Why, all[4].Subject));
        Assert.Equal((null, "true", "agent refund"), (all[3].Before, all[3].After, all[3].Subject));
        Assert.Equal((null, "rung auto, share 0.5"), (all[2].Before, all[2].After));
        Assert.Equal(("T-1", "texts"), (all[0].Ticket, all[0].After));
        Assert.Equal(database.Read(c => Ledger.Read(c, "operations/kill-switch"))[^1].Hash, all[3].Hash);

        Assert.Equal(2, Read(database, new AuditFilter { Kind = AuditKind.PersonalData }).Count);
        Assert.Equal(4, Read(database, new AuditFilter { Actor = "p_ann" }).Count);
        Assert.Equal(2, Read(database, new AuditFilter { Ticket = "T-1", Actor = "p_ann" }).Count);
        Assert.Single(Read(database, new AuditFilter { Until = all[4].At }));
        Assert.Equal(5, Read(database, new AuditFilter { Since = all[4].At }).Count);
        Assert.Equal(all, Paged(database, 1));
        Assert.Equal(all, Paged(database, 4));
        // Nothing is read twice, and what a rebuild writes is the same.
        Assert.True(await Follower(database).CatchUpAsync(Token));
        Assert.Equal([new RebuiltTable("audit_entries", 6, Changed: false)],
            await LedgerRebuild.RunAsync(database, [AuditTables.ReadTable], Token));
        Assert.Empty(database.Read(LedgerVerifier.Verify).Problems);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Begins_anew_after_a_move_and_takes_reasons_that_are_cut_in_an_emoji(bool server)
    {
        var clock = new ManualClock();
        await using var database = server ? PostgresCluster.Open(PostgresCluster.NewDatabase(), clock)
            : Database.Open(new DatabaseOptions { Path = Path.Combine(_folder, "baton.db") }, clock);
        var kept = new string('x', 399);
        await database.WriteAsync(transaction =>
        {
            transaction.Execute("insert into audit_place (id, place) values (1, '99999999999999.7')");
            Ledger.Extend(transaction, "operations/test", new NewEvent("SomethingNew", clock.GetUtcNow(),
                $$"""{"by":"p_ann","why":"{{kept}}😀 and more"}"""));
        }, Token);
        await Until.TrueAsync(() => database.Read(c => Ledger.HeadsAfter(c, default, 100)).Count == 1);

        Assert.True(await Follower(database).CatchUpAsync(Token));

        Assert.Equal(kept + "…", Assert.Single(Read(database, new AuditFilter())).Why);
    }

    [Fact]
    public async Task Tells_what_automation_decided_about_a_ticket()
    {
        await using var desk = new Desk();
        await desk.DecideAsync(Desk.Ticket("I want to speak to a human", "T-1"));
        await Follower(desk.Database).CatchUpAsync(Token);

        var entries = Read(desk.Database, new AuditFilter { Ticket = "T-1" });

        var made = entries.Single(e => e.Type == "DecisionMade");
        Assert.Equal((AuditRule.Automation, AuditKind.Decision), (made.Actor, made.Kind));
        Assert.StartsWith("route ", made.After, StringComparison.Ordinal);
        Assert.NotNull(made.Why);
        Assert.Contains(entries, e => e is { Type: "TriggerFired", After: not null, Why: not null });
        Assert.Contains(entries, e => e is { Type: "Escalated", Kind: AuditKind.Escalation, After: not null });
    }

    [Theory]
    [InlineData(AuditExport.Jsonl)]
    [InlineData(AuditExport.Csv)]
    public async Task Takes_entries_away_in_a_file_that_proves_itself(string format)
    {
        await using var file = new TemporaryDatabase(file: true);
        var database = file.Database;
        var killSwitch = new KillSwitch(database, new KillSwitchOptions(null), text => text);
        await killSwitch.SetAsync(true, "p_ann", "=HYPERLINK(\"x\")", Token);
        var keys = new SigningKeys(database);
        var export = new AuditExport(database, Follower(database), keys);
        var path = Path.Combine(_folder, "audit.zip");

        var made = await export.WriteAsync(path, new AuditFilter(), format, "p_ann", Token);

        var checkedFile = AuditCheck.Run(path, null);
        Assert.Equal((1, made.Digest, null), (made.Entries, checkedFile.Digest, checkedFile.Problem));
        var pem = (await keys.CurrentAsync(Token)).Pem;
        Assert.Null(AuditCheck.Run(path, pem).Problem);
        Assert.Contains("another key", AuditCheck.Run(path, System.Security.Cryptography.ECDsa.Create()
            .ExportSubjectPublicKeyInfoPem()).Problem, StringComparison.Ordinal);
        if (format == AuditExport.Csv)
            Assert.Contains("\"'=HYPERLINK(\"\"x\"\")\"", Content(path, "audit.csv"), StringComparison.Ordinal);
        // Taking it away is an entry itself; a second file may not take the first one's name.
        await Follower(database).CatchUpAsync(Token);
        Assert.Equal(("AuditExported", "p_ann"),
            (Read(database, new AuditFilter())[0].Type, Read(database, new AuditFilter())[0].Actor));
        await Assert.ThrowsAsync<AuditExportException>(
            () => export.WriteAsync(path, new AuditFilter(), format, "p_ann", Token));

        Change(path, $"audit.{format}", text => text.Replace("p_ann", "p_eve", StringComparison.Ordinal));
        Assert.Contains("entries were changed", AuditCheck.Run(path, null).Problem, StringComparison.Ordinal);
        Change(path, AuditExport.Manifest, text => text.Replace("p_ann", "p_eve", StringComparison.Ordinal));
        Assert.Contains("manifest was changed", AuditCheck.Run(path, null).Problem, StringComparison.Ordinal);
        Change(path, AuditExport.Signature, _ => "no base64!");
        Assert.Contains("cannot be read", AuditCheck.Run(path, null).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("since", "yesterday", "write a day")]
    [InlineData("kind", "decisions", "use decision")]
    [InlineData("after", "x", "use the next")]
    [InlineData("limit", "0", "use 1 to 500")]
    public void Says_what_is_wrong_with_a_question(string field, string value, string said)
    {
        var question = field switch
        {
            "since" => new AuditQuestion(Since: value),
            "kind" => new AuditQuestion(Kind: value),
            "after" => new AuditQuestion(After: value),
            _ => new AuditQuestion(Limit: int.Parse(value, System.Globalization.CultureInfo.InvariantCulture)),
        };

        Assert.Contains(said, question.Read().Problem, StringComparison.Ordinal);
    }

    private static AuditFollower Follower(Database database) =>
        new(database, database.Clock, NullLogger<AuditFollower>.Instance);

    private static IReadOnlyList<AuditEntry> Read(Database database, AuditFilter filter) =>
        database.Read(c => AuditQueries.Page(c, filter)).Items;

    private static List<AuditEntry> Paged(Database database, int limit)
    {
        List<AuditEntry> all = [];
        for (var next = new AuditFilter { Limit = limit }; ;)
        {
            var page = database.Read(c => AuditQueries.Page(c, next));
            all.AddRange(page.Items);
            if (page.Next is not { } after) return all;
            next = next with { After = after };
        }
    }

    private static string Content(string path, string name)
    {
        using var zip = ZipFile.OpenRead(path);
        using var reader = new StreamReader(zip.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    private static void Change(string path, string name, Func<string, string> change)
    {
        var changed = change(Content(path, name));
        using var zip = ZipFile.Open(path, ZipArchiveMode.Update);
        zip.GetEntry(name)!.Delete();
        using var writer = new StreamWriter(zip.CreateEntry(name).Open());
        writer.Write(changed);
    }
}
