using Baton.Conversations.Inspection;
using Baton.People;
using Baton.Privacy;
using Baton.Storage;
using Baton.Storage.Engines;
using Baton.Storage.Events;
using Baton.Testing;

namespace Baton.Tests.Storage;

/// <summary>One value planted in one place at a time: every text of the file and of its events is read.</summary>
public sealed class DeepCheckTests : IAsyncDisposable
{
    private static readonly string Mail = string.Join('@', "robin", "example.com");

    /// <summary>The customer's own words, our own ids and hashes, and what says why.</summary>
    private static readonly string[] NotRead =
    [
        "api_keys.hash", "api_keys.id", "api_keys.shown", "console_sessions.id", "console_sessions.key_id",
        "receipts.id", "receipts.call_id", "receipts.key_id", "open_attempts.id", "virtual_keys.id",
        "streams.conversation_id", "approvals.id", "reservations.id",
        "approvals.effect_key", "approvals.input_digest", "approval_votes.approval_id", "approval_votes.person",
        "tool_effects.effect_key", "tool_effects.input_digest", "tool_effects.reference",
        "workflow_runs.id", "workflow_steps.run_id", "workflow_steps.reference", "eval_runs.id",
        "rollouts.id", "shadows.id", "suggestions.id", "alerts.id", "incidents.id", "drills.id", "digests.id",
        "streams.hash", "deliveries.message_id", "audit_entries.hash", "audit_entries.stream", "audit_entries.ticket",
        "signing_keys.id", "legal_holds.name", "retention_state.through_id",
        // Ids of tickets and messages, stored as they come.
        "conversations.conversation_id", "decisions.conversation_id", "second_opinions.conversation_id", "jobs.key",
        "timers.key", "outbox.key", "outbox.idempotency_key", "deliveries.scope",
        // Where a log-in came from, as long as its session is kept.
        "console_sessions.address",
        // Who the people of the team are, and how they sign in.
        "people.id", "people.name", "people.email", "person_links.hash", "person_secrets.password_hash",
        "person_secrets.code_key", "person_secrets.code_pending",
    ];

    private static readonly string[] Whole = ["messages", "attachments", "migrations", "events", "archived_streams"];

    private readonly TemporaryDatabase _file = new(file: true);

    private Database Database => _file.Database;

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    [Fact]
    public async Task Finds_a_value_in_every_column_of_text_and_mends_where_it_can()
    {
        var columns = Database.Read(c => c.Catalog.TextColumns(c)).Where(c => !Whole.Contains(c.Table)).ToList();
        Assert.True(columns.Count > 50, $"{columns.Count} columns");
        Assert.All(NotRead, place => Assert.Contains(columns, c => c.Place == place));
        foreach (var column in columns)
        {
            await Database.WriteAsync(t => Plant(t, column, $"write to {Mail}"));

            var found = await CheckAsync(mend: false);
            await CheckAsync(mend: true);
            var left = await CheckAsync(mend: false);

            var own = found.Where(f => f.Where.StartsWith(column.Place + ' ', StringComparison.Ordinal)).ToList();
            Assert.True(IsLeft(column) == (own.Count == 0), $"{column.Place}: {own.Count} findings");
            Assert.All(own, f => Assert.StartsWith("holds Email", f.What, StringComparison.Ordinal));
            Assert.DoesNotContain(found, f => $"{f.Where} {f.What}".Contains(Mail, StringComparison.Ordinal));
            Assert.All(left, f => Assert.False(f.CanMend, f.Where));
            await Database.WriteAsync(t => t.Execute($"delete from \"{column.Table}\""));
        }
    }

    [Fact]
    public async Task Leaves_the_people_of_the_team_as_they_are()
    {
        var people = new PeopleStore(Database);
        var robin = (PersonOutcome.Saved)await people.AddAsync(
            new PersonDetails { Name = "Robin Example", Email = Mail }, "test", CancellationToken.None);
        await people.ChangeAsync(robin.Person.Id, 1,
            PersonDetails.Of(robin.Person) with { Capacity = 9 }, robin.Person.Id, CancellationToken.None);

        Assert.Empty(await CheckAsync(mend: true));
        Assert.Equal(("Robin Example", Mail), (people.List()[0].Name, people.List()[0].Email));
    }

    [Theory]
    [InlineData("ReplySent", """{"turn":1,"message_id":"T-1/2","text":"MAIL","source":"x"}""", "Email in text")]
    [InlineData("StageCompleted", """{"turn":1,"output":{"order":{"contact":"MAIL"}}}""",
        "Email in output.order.contact")]
    [InlineData("StageCompleted", """{"turn":1,"output":{"MAIL":"x"}}""", "Email in a name in output")]
    [InlineData("StagesCompleted", """{"stages":[{"note":"a"},{"note":"MAIL or MAIL"}]}""", "Email in stages.note ×2")]
    [InlineData("ConversationStarted", """{"customer_id":"MAIL","given_tier":"x","fields":{}}""",
        "Email in customer_id")]
    [InlineData("ConversationStarted", """{"fields":{"note":"MAIL","MAIL":"x"}}""",
        "Email in a name in fields, Email in fields.note")]
    [InlineData("ConversationStarted", """{"MAIL":"x"}""", "Email in a name")]
    [InlineData("Escalated", """{"packet":{"transcript":[{"from":"agent","text":"MAIL"}]}}""",
        "Email in packet.transcript.text")]
    [InlineData("Claimed", """{"by":"MAIL"}""", "Email in by")]
    [InlineData("ReceiptWritten", """{"Model":"MAIL"}""", "Email in Model")]
    public async Task Finds_a_value_anywhere_in_an_event(string type, string json, string found)
    {
        await Database.WriteAsync(t => Ledger.Append(t, "T-1", 0,
            new NewEvent(type, Database.Clock.GetUtcNow(), json.Replace("MAIL", Mail))));

        var finding = Assert.Single(await CheckAsync(mend: true));

        Assert.Equal(("events T-1 version 1", false, false), (finding.Where, finding.CanMend, finding.IsMended));
        Assert.StartsWith($"{type} holds {found}; an event is never changed", finding.What, StringComparison.Ordinal);
        Assert.Empty(Database.Read(LedgerVerifier.Verify).Problems);
    }

    [Theory]
    [InlineData("Claimed", """{"by":"Robin Example"}""")]
    [InlineData("ReplySent", """{"text":"Write to help@shop.example, [EMAIL_1].","message_id":"T-1/2"}""")]
    [InlineData("StageCompleted", """{"input_digest":"4012888888881881","playbook":"4012888888881881"}""")]
    [InlineData("SessionStarted", """{"address":"203.0.113.7","key":"key_0123456789ab","name":"first"}""")]
    public async Task Leaves_colleagues_the_company_and_ids_alone(string type, string json)
    {
        await Database.WriteAsync(t => Ledger.Append(
            t, "T-1", 0, new NewEvent(type, Database.Clock.GetUtcNow(), json)));

        Assert.Empty(await CheckAsync(mend: false));
    }

    [Fact]
    public async Task Names_of_deliveries_and_customers_are_known_again_after_mending()
    {
        await Database.WriteAsync(t =>
        {
            Plant(t, Column("deliveries.id"), Mail);
            Plant(t, Column("conversations.customer_id"), Mail.ToUpperInvariant());
        });

        await CheckAsync(mend: true);

        Assert.Equal(1, Database.Read(c => c.Number(
            "select count(*) from deliveries where id = $1", Baton.Conversations.Inbound.Deliveries.Digest(Mail))));
        Assert.Equal(1, Database.Read(c => c.Number("select count(*) from conversations where customer_id = $1",
            Baton.Conversations.Inbound.InboundFacts.Pseudonym(Mail))));
    }

    /// <summary>An id of a ticket is left in whatever table it is.</summary>
    private static bool IsLeft(TextColumn column) =>
        NotRead.Contains(column.Place) || column.Name == "conversation_id";

    private TextColumn Column(string place) =>
        Database.Read(c => c.Catalog.TextColumns(c)).Single(c => c.Place == place);

    private Task<List<DeepFinding>> CheckAsync(bool mend) => DeepCheck.RunAsync(
        Database, new Redactor(), mend, TestContext.Current.CancellationToken, text => text == "help@shop.example");

    /// <summary>A row with a value in one column and nothing much in the others.</summary>
    private static void Plant(WriteTransaction transaction, TextColumn column, string value)
    {
        var columns = transaction.Query("select name, type, \"notnull\", pk from pragma_table_info($1)",
            row => (Name: row.Text(0), Type: row.Text(1), Needed: row.Bool(2) || row.Bool(3)), column.Table);
        var set = columns.Where(c => c.Needed || c.Name == column.Name).ToList();
        var values = set.Select(c => c.Name == column.Name ? "$1"
            : c.Type == "text" ? "'x'" : c.Type == "blob" ? "x'00'" : "1");
        transaction.Execute(
            $"insert into \"{column.Table}\" ({string.Join(", ", set.Select(c => c.Name))}) values ({string.Join(", ", values)})",
            value);
    }
}
