using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Baton.Conversations;
using Baton.Conversations.Attachments;
using Baton.Conversations.Inbound;
using Baton.Conversations.RawTexts;
using Baton.Storage;
using Baton.Storage.Events;
using Baton.Storage.Sealing;
using Baton.Testing;
using Baton.Tests.Decisions.Desks;
using Baton.Tests.Storage;

namespace Baton.Tests.Conversations.RawTexts;

/// <summary>
/// A person is planted wherever one can lie, taken away in a file, erased, and looked for in every table.
/// </summary>
public sealed class ErasedEverywhereTests
{
    private const string Name = "Xanthippe", Mail = "xanthippe.marker@example.com", Words = "with the Xanthippe seal";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Leaves_nothing_of_a_person_in_any_table_or_file(bool server)
    {
        await using var desk = new Desk(database: server ? PostgresCluster.NewDatabase() : null);
        var database = desk.Database;
        await PlantAsync(desk);
        var key = database.Read(c => MessageKeys.Of(c, "c-77"))!.Value;
        var sealedBefore = Sealed(database, key);
        foreach (var table in (string[])["messages", "attachments", "agent_runs", "workflow_steps", "approvals"])
            Assert.Contains(table, sealedBefore);
        Assert.NotEmpty(ColumnHunt.Places(database, Name));
        var erasure = desk.Get<Erasure>();
        var (customer, tickets) = erasure.TicketsOf("c-77");

        var erased = await erasure.CustomerAsync(customer, tickets, "p_admin", Token);

        Assert.Equal(2, erased.Tickets);
        foreach (var (kind, least) in (IEnumerable<(string, int)>)
            [
                ("messages", 4), ("files", 1), ("keys", 1), ("vectors", 1), ("kept answers of models", 1), ("labels", 1),
                ("suggestions", 1), ("findings of learning", 1), ("agent transcripts", 1), ("answers of tools", 1),
                ("inputs of approvals", 1),
            ])
            Assert.True(erased.Counts[kind] >= least, $"{kind}: {erased.Said}");
        Assert.Empty(ColumnHunt.Places(database, Name));
        Assert.Empty(ColumnHunt.Places(database, Mail));
        Assert.Empty(Sealed(database, key));
        Assert.Null(database.Keys.Find(key));
        Assert.Empty(database.Read(LedgerVerifier.Verify).Problems);
        // The other customer is as before.
        Assert.Contains("another matter", database.Read(c => MessageRows.Of(c, "T-3", 10))[0].Body, StringComparison.Ordinal);
        var fact = JsonNode.Parse(database.Read(c => Ledger.Read(c, "operations/access")).Last(e => e.Type == "PersonErased").Json)!;
        Assert.Equal((erased.Said, erased.Digest, "p_admin", "c-77"),
            ((string?)fact["counts"], (string?)fact["digest"], (string?)fact["by"], (string?)fact["customer"]));
        // Raw values never were in a file in clear: there is nothing that free pages or logs could give back.
        await desk.Database.WriteAsync(t => t.Execute("delete from probe"), Token);
        Assert.DoesNotContain(Directory.EnumerateFiles(desk.Folder, "*", SearchOption.AllDirectories),
            file => !file.Contains("/playbook/", StringComparison.Ordinal) && Holds(file, Mail));
    }

    [Fact]
    public async Task Takes_everything_of_a_person_away_in_one_file_and_says_who_did()
    {
        await using var desk = new Desk();
        await PlantAsync(desk);
        var path = Path.Combine(desk.Folder, "person.zip");

        var made = await desk.Get<PersonExport>().WriteAsync(path, "c-77", ["T-1", "T-2"], "p_admin", "asked by letter of eve@example.com" + new string('!', 400), Token);

        Assert.Equal((2, 1), (made.Tickets, made.Files));
        using (var zip = ZipFile.OpenRead(path))
        {
            Assert.Equal(["README.txt", "files/001-T-1/1-1-seal.txt", "person.json", "tickets/001-T-1.json", "tickets/002-T-2.json"],
                zip.Entries.Select(e => e.FullName).Order(StringComparer.Ordinal));
            var ticket = JsonNode.Parse(Text(zip, "tickets/001-T-1.json"))!;
            Assert.Contains(Mail, (string?)ticket["messages"]![0]!["text"], StringComparison.Ordinal);
            Assert.Equal("Xanthippe Marker", (string?)ticket["messages"]![0]!["sender"]!["name"]);
            Assert.Contains(Name, (string?)ticket["rating_remark"], StringComparison.Ordinal);
            Assert.NotEmpty(ticket["decisions"]!.AsArray());
            Assert.NotNull(JsonNode.Parse(Text(zip, "person.json"))!["directory"]);
        }
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        var read = JsonNode.Parse(desk.Database.Read(c => Ledger.Read(c, DataReads.StreamOf("T-2"))).Single().Json)!;
        Assert.Equal(("export", "p_admin"), ((string?)read["what"], (string?)read["by"]));
        var fact = JsonNode.Parse(desk.Database.Read(c => Ledger.Read(c, "operations/access")).Single(e => e.Type == "PersonExported").Json)!;
        foreach (var why in (string[])[(string)read["why"]!, (string)fact["why"]!])
        {
            Assert.StartsWith("asked by letter of ", why, StringComparison.Ordinal);
            Assert.DoesNotContain("eve@", why, StringComparison.Ordinal);
        }
        Assert.Equal(301, ((string)fact["why"]!).Length);
        await Assert.ThrowsAsync<IOException>(() => desk.Get<PersonExport>().WriteAsync(path, "c-77", ["T-1"], "x", null, Token));
        Assert.False(File.Exists(path + ".part"));
    }

    /// <summary>By the product's own doors where there is one, else as a row that such a door writes.</summary>
    private static async Task PlantAsync(Desk desk)
    {
        await desk.DecideAsync(Desk.Ticket($"Where is the parcel {Words}? I am {Mail}, call +49 30 901820.", "T-1") with
        {
            CustomerId = "c-77", CustomerName = "Xanthippe Marker", CustomerEmail = Mail, Subject = $"Parcel for {Mail}",
            Messages = [new InboundText(Author.Customer, $"Where is my parcel? I am {Mail}, call +49 30 901820.")
            {
                Attachments = [new InboundAttachment("seal.txt", Encoding.UTF8.GetBytes($"A parcel {Words} of {Mail}."))],
            }],
        });
        await desk.DecideAsync(Desk.Ticket("I want to speak to a human", "T-2") with { CustomerId = "c-77", CustomerName = "Xanthippe Marker" });
        await desk.DecideAsync(Desk.Ticket("I want to speak to a human about another matter", "T-3") with { CustomerId = "c-78" });
        // A remark lies with the messages; a text that was written and has not left, too.
        await desk.Database.WriteAsync(t =>
        {
            foreach (var (id, position, unsent) in ((string, int, bool)[])
                [("T-1/remark", MessageRows.RemarkPosition, false), ("T-1/unsent", 50, true)])
                MessageRows.Insert(t, new MessageRow
                {
                    Id = id, ConversationId = "T-1", Position = position, Channel = "api", Author = Author.Customer,
                    Body = $"{Name} says {Mail}", CustomerId = "c-77", ReceivedAt = desk.Clock.GetUtcNow(), IsUnsent = unsent,
                });
            var key = MessageKeys.Of(t, "c-77")!.Value;
            byte[] Closed(string place) => Seal.Close(t.Keys.Find(key)!, Encoding.UTF8.GetBytes($"{Name} {Mail}"), place);
            t.Execute("insert into agent_runs (conversation_id, turn, key_id, sealed, updated_at_ms) values ('T-1', 1, $1, $2, 0)",
                key, Closed("agent"));
            t.Execute("insert into workflow_runs (id, conversation_id, workflow, started_at, state) values ('w1', 'T-1', 'refund', 0, 'done')");
            t.Execute(
                """
                insert into workflow_steps (run_id, position, name, agent, state, note, key_id, sealed, took_ms,
                    ended_at)
                values ('w1', 1, 'check', 'refund', 'done', 'for Xanthippe', $1, $2, 0, 0)
                """, key, Closed("step"));
            t.Execute(
                """
                insert into approvals (id, effect_key, conversation_id, turn, agent, tool, input_digest, key_id, sealed,
                    reason, role, four_eyes, status, requested_at_ms, expires_at_ms)
                values ('a1', 'e1', 'T-1', 1, 'refund', 'refund', 'd', $1, $2, 'r', 'agent', 0, 'open', 0, 1)
                """, key, Closed("approval"));
            t.Execute("insert into text_vectors (key, customer_id, vector, at_ms) values ($1, 'c-77', $1, 0)", Closed("v"));
            t.Execute(
                "insert into cached_answers (key, at, expires_at, cost, answer, question) values ($1, 0, 1, 0, 'Dear Xanthippe', 'of Xanthippe')",
                Closed("q"));
            t.Execute("insert into eval_labels (conversation_id, outcome, labelled_by, at_ms) values ('T-1', 'answer', 'Xanthippe', 0)");
            t.Execute(
                """
                insert into suggestions (id, kind, target, said, why, tickets, found_ms, verdict)
                values ('s1', 'example', 'x', 'where is Xanthippe', 'w', '["T-9","T-1"]', 0, 'open'),
                    ('s2', 'example', 'x', 'of somebody else', 'w', '["T-11"]', 0, 'open')
                """);
            t.Execute("""insert into learned (kind, at_ms, found) values ('gaps', 0, '{"gaps":[{"said":"Xanthippe","tickets":["T-2"]}]}')""");
        }, Token);
    }

    /// <summary>Tables with rows that a key closes.</summary>
    private static List<string> Sealed(Database database, long key) => database.Read(c =>
        c.Catalog.Tables(c).Where(t => t.Columns.Any(column => column is { Name: "key_id", Kind: SqlKind.Integer })
                && t.Name is not ("erased_keys" or "signing_keys"))
            .Select(t => t.Name).Where(t => c.Number($"select count(*) from {t} where key_id = $1", key) > 0).ToList());

    private static bool Holds(string file, string value)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(value)) >= 0;
    }

    private static string Text(ZipArchive zip, string name)
    {
        using var reader = new StreamReader(zip.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }
}
