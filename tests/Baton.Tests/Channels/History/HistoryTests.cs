using System.Text.Json;
using Baton.Channels.History;
using Baton.Conversations;

namespace Baton.Tests.Channels.History;

public sealed class HistoryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("baton-history-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Reads_a_ticket_of_zendesk()
    {
        var ticket = One(HistorySource.Zendesk, """
            {"id":42,"subject":"Tent","description":"The pole is bent","status":"solved","priority":"high","tags":["tent"],
             "group_id":7,"requester_id":5,"created_at":"2026-01-02T10:00:00Z","updated_at":"2026-01-03T10:00:00Z",
             "via":{"channel":"email"},"satisfaction_rating":{"score":"good"},"custom_fields":[{"id":99,"value":"tier2"}],
             "comments":[{"author_id":5,"plain_body":"The pole is bent","created_at":"2026-01-02T10:00:00Z","public":true},
              {"author_id":9,"html_body":"<p>We send <b>another</b>.</p>","created_at":"2026-01-02T11:00:00Z","public":true},
              {"author_id":9,"body":"he is nice","public":false}]}
            """.ReplaceLineEndings(""), new HistoryMapping
        {
            Fields = new Dictionary<string, string> { ["rule_route"] = "custom_fields.99" },
        });

        Assert.Equal(("zendesk-42", "email", "7", "tier2", 5, 1),
            (ticket.Id, ticket.Channel, ticket.Team, ticket.RuleRoute, ticket.Stars, ticket.LeftOut));
        Assert.Equal([(Author.Customer, "The pole is bent"), (Author.Agent, "We send another.")],
            ticket.Messages.Select(m => (m.From, m.Text)));
        Assert.Equal(new DateTimeOffset(2026, 1, 3, 10, 0, 0, TimeSpan.Zero), ticket.SolvedAt);
    }

    [Fact]
    public void Reads_a_page_of_the_api_too() => Assert.Equal(["zendesk-1", "zendesk-2"], All(HistorySource.Zendesk, """
        {
          "tickets": [
            {"id": 1, "description": "One"},
            {"id": 2, "description": "Two"}
          ],
          "end_of_stream": true
        }
        """).Select(r => r.Ticket!.Id));

    [Fact]
    public void Reads_a_conversation_of_intercom()
    {
        var ticket = One(HistorySource.Intercom, """
            {"id":"7","created_at":1767348000,"state":"closed","updated_at":1767351600,"team_assignee_id":3,
             "source":{"type":"email","subject":"<p>Tent</p>","body":"<p>Bent</p>","author":{"type":"user","id":"u1"}},
             "tags":{"tags":[{"name":"tent"}]},"contacts":{"contacts":[{"id":"u1"}]},"conversation_rating":{"rating":4},
             "conversation_parts":{"conversation_parts":[
              {"part_type":"comment","body":"<p>I am a bot</p>","author":{"type":"bot"},"created_at":1767348001},
              {"part_type":"note","body":"<p>secret</p>","author":{"type":"admin"}},
              {"part_type":"comment","body":"<p>We send one</p>","author":{"type":"admin"},"created_at":1767348060},
              {"part_type":"close","body":null,"author":{"type":"admin"}}]}}
            """.ReplaceLineEndings(""));

        Assert.Equal(("Tent", "email", "3", 4, 2),
            (ticket.Subject, ticket.Channel, ticket.Team, ticket.Stars, ticket.LeftOut));
        Assert.Equal([(Author.Customer, "Bent"), (Author.Agent, "We send one")],
            ticket.Messages.Select(m => (m.From, m.Text)));
    }

    [Fact]
    public void Reads_a_ticket_of_freshdesk()
    {
        var ticket = One(HistorySource.Freshdesk, """
            {"id":3,"subject":"Tent","description_text":"Bent","status":5,"priority":4,"source":1,"group_id":11,
             "requester_id":8,"created_at":"2026-01-02T10:00:00Z","stats":{"resolved_at":"2026-01-02T12:00:00Z"},
             "conversations":[{"incoming":false,"private":false,"body_text":"We send one","created_at":"2026-01-02T11:00:00Z"},
              {"incoming":false,"private":true,"body_text":"note"},{"incoming":true,"body_text":"Thanks"}]}
            """.ReplaceLineEndings(""));

        Assert.Equal(("email", "closed", "urgent", "11"),
            (ticket.Channel, ticket.Status, ticket.Priority, ticket.Team));
        Assert.Equal(["Bent", "We send one", "Thanks"], ticket.Messages.Select(m => m.Text));
    }

    [Theory]
    [InlineData("id,subject,body,team\n1,Tent,\"Bent, \"\"really\"\"\nbent\",billing\n2,Stove,Cold,\n")]
    [InlineData("\uFEFFid;subject;body;team\n1;Tent;\"Bent, \"\"really\"\"\nbent\";billing\n2;Stove;Cold\n")]
    [InlineData("Nr\tsubject\tText\tteam\n1\tTent\t\"Bent, \"\"really\"\"\nbent\"\tbilling\n2\tStove\tCold\t\n")]
    public void Reads_a_table_whatever_separates_it(string table)
    {
        var records = All(HistorySource.Csv, table, new HistoryMapping
        {
            Fields = table.StartsWith("Nr", StringComparison.Ordinal)
                ? new Dictionary<string, string> { ["id"] = "Nr", ["body"] = "Text" }
                : [],
        });

        Assert.Equal([("1", "Bent, \"really\"\nbent", "billing"), ("2", "Cold", null)],
            records.Select(r => (r.Ticket!.Id, r.Ticket.Messages[0].Text, r.Ticket.Team)));
    }

    [Fact]
    public void Reads_rows_of_one_id_as_one_ticket() => Assert.Equal(
        [(Author.Customer, "Bent"), (Author.Agent, "We send one")],
        All(HistorySource.Csv, "id,from,body\n1,customer,Bent\n1,agent,We send one\n2,customer,Cold\n")[0].Ticket!
            .Messages.Select(m => (m.From, m.Text)));

    [Fact]
    public void Reads_the_threads_of_a_mailbox()
    {
        var records = All(HistorySource.Mbox, """
            From ann@example.net Mon Nov 30 10:00:00 2026
            From: Ann <ann@example.net>
            Message-ID: <1@x>
            Subject: Tent
            Date: Mon, 30 Nov 2026 10:00:00 +0000

            The pole is bent.

            From help@shop.test Mon Nov 30 11:00:00 2026
            From: help@shop.test
            Message-ID: <2@x>
            In-Reply-To: <1@x>
            Subject: Re: Tent

            We send one.

            From bob@example.net Mon Nov 30 12:00:00 2026
            From: bob@example.net
            Message-ID: <3@x>
            Subject: Stove

            Cold.

            """, new HistoryMapping { Own = ["help@shop.test"] });

        Assert.Equal([("Tent", 2), ("Stove", 1)], records.Select(r => (r.Ticket!.Subject, r.Ticket.Messages.Count)));
        Assert.Equal([Author.Customer, Author.Agent], records[0].Ticket!.Messages.Select(m => m.From));
    }

    [Fact]
    public void Goes_on_where_it_was_stopped_and_loses_and_doubles_nothing()
    {
        var source = Path.Combine(_folder, "in.jsonl");
        File.WriteAllLines(source, Enumerable.Range(1, 1_800).Select(i =>
            i % 100 == 0 ? "{broken" : $$"""{"id":"T-{{i}}","body":"Question {{i}}","team":"x"}"""));
        var target = Path.Combine(_folder, "history.jsonl");
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Import().Run(
            HistorySource.Jsonl, [source], target, _ => stop.Cancel(), stop.Token));
        // What was written after the last note is cut away.
        File.AppendAllText(target, "{\"half a li");

        var done = Import().Run(HistorySource.Jsonl, [source], target, _ => { }, CancellationToken.None);

        Assert.Equal((1_800, 1_782, 18), (done.Records, done.Tickets, done.Unreadable));
        Assert.Equal(Enumerable.Range(1, 1_800).Where(i => i % 100 != 0).Select(i => $"T-{i}"),
            File.ReadLines(target).Select(l => JsonDocument.Parse(l).RootElement.GetProperty("id").GetString()));
        Assert.Equal(18, File.ReadLines(target + ".unreadable").Count());
        Assert.StartsWith("in.jsonl:100: is not JSON", File.ReadLines(target + ".unreadable").First(),
            StringComparison.Ordinal);
        Assert.False(File.Exists(target + ".progress"));
    }

    [Fact]
    public void Writes_what_readiness_and_evaluation_read_without_personal_data()
    {
        var source = Path.Combine(_folder, "in.jsonl");
        File.WriteAllText(source, """
            {"id":"1","customer":"ann@example.net","subject":"Tent","created_at":"2026-01-02T10:00:00Z","team":"Second","rule_route":"first","messages":[{"from":"customer","text":"Write to ann@example.net","at":"2026-01-02T10:00:00Z"},{"from":"agent","text":"Done","at":"2026-01-02T11:00:00Z"}]}
            """);
        var target = Path.Combine(_folder, "h.jsonl");
        var mapping = new HistoryMapping
        {
            Routes = new Dictionary<string, string> { ["Second"] = "l2", ["first"] = "l1" },
        };

        new HistoryImport(mapping, () => text => text.Replace("ann@example.net", "[EMAIL_1]", StringComparison.Ordinal))
            .Run(HistorySource.Jsonl, [source], target, _ => { }, CancellationToken.None);

        var line = File.ReadAllText(target);
        Assert.DoesNotContain("ann@", line, StringComparison.Ordinal);
        Assert.Contains("\"rule_route\":\"l1\",\"final_route\":\"l2\"", line, StringComparison.Ordinal);
        Assert.Contains("\"first_reply_at\":\"2026-01-02T11:00:00Z\"", line, StringComparison.Ordinal);
        Assert.Contains("{\"from\":\"customer\",\"text\":\"Write to [EMAIL_1]\"}", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fields: { tem: group }", ":1: unknown value `tem`")]
    [InlineData("routes: { Billing: l9 }", ":1: `l9` is no route")]
    [InlineData("feilds: {}", ":1: unknown field `feilds`")]
    [InlineData("fields: [", ":")]
    [InlineData("", "is no mapping")]
    public void Says_what_is_wrong_with_a_mapping(string yaml, string problem)
    {
        var path = Path.Combine(_folder, "m.yaml");
        File.WriteAllText(path, yaml);

        Assert.Contains(problem, Assert.Throws<HistoryException>(() => HistoryMapping.Read(path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_any_table_and_any_json_without_an_exception()
    {
        var random = new Random(20_261_130);
        var parts = (string[])["\"", ",", ";", "\n", "{", "}", "[", "]", "id", ":", "1", "\"id\":\"a\"", "\0", "é",
            "null"];
        for (var i = 0; i < 1_000; i++)
        {
            var text = string.Concat(
                Enumerable.Range(0, random.Next(60)).Select(_ => parts[random.Next(parts.Length)]));
            foreach (var source in (HistorySource[])[HistorySource.Csv, HistorySource.Jsonl, HistorySource.Zendesk])
            {
                var error = Record.Exception(() => All(source, text));
                Assert.True(error is null or HistoryException, $"{source}: {error}\n{text}");
            }
        }
    }

    private static HistoryImport Import() => new(HistoryMapping.None, null);

    private PastTicket One(HistorySource source, string text, HistoryMapping? mapping = null) =>
        Assert.Single(All(source, text, mapping)).Ticket!;

    private List<PastRecord> All(HistorySource source, string text, HistoryMapping? mapping = null)
    {
        var path = Path.Combine(_folder, "in");
        File.WriteAllText(path, text);
        return [.. HistoryReader.Read(source, path, mapping ?? HistoryMapping.None)];
    }
}
