using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using Baton.Channels;
using Baton.Channels.Freshdesk;
using Baton.Channels.History;
using Baton.Channels.Intercom;
using Baton.Channels.Slack;
using Baton.Channels.Zendesk;
using Baton.Customers.Csv;
using Baton.Operations.Vendors;
using Baton.Testing;

namespace Baton.Benchmarks;

/// <summary>
/// Does any input make a parser of a channel throw? Broken copies of genuine bodies, so many for each parser.
/// </summary>
internal static class ParserFuzz
{
    private const string Comment =
        """{"id":7,"author_id":1,"plain_body":"hi","public":true,"created_at":"2026-01-01T00:00:00Z","attachments":[{"file_name":"a.png","content_url":"https://a.b/c","size":9}]}""";

    public static int Run(int inputs)
    {
        var failed = 0;
        Console.WriteLine("| parser | inputs | accepted | exceptions | inputs/s |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: |");
        foreach (var (name, genuine, read) in Parsers())
        {
            var (random, accepted, errors, clock) =
                (new Random(20_261_130), 0, new List<string>(), Stopwatch.StartNew());
            for (var i = 0; i < inputs; i++)
            {
                var bytes = BrokenBytes.Of(random, Encoding.UTF8.GetBytes(genuine));
                try
                {
                    if (read(bytes)) accepted++;
                }
                catch (Exception error)
                {
                    errors.Add($"{error.GetType().Name}: {error.Message}");
                }
            }
            failed += errors.Count;
            Console.WriteLine($"| {name} | {inputs:N0} | {accepted:N0} | {errors.Count} | {inputs / clock.Elapsed.TotalSeconds:N0} |");
            foreach (var kind in errors.CountBy(e => e).Take(5))
                Console.Error.WriteLine($"{name}: {kind.Value} × {kind.Key}");
        }
        return failed == 0 ? 0 : 1;
    }

    private static IEnumerable<(string Name, string Genuine, Func<byte[], bool> Read)> Parsers()
    {
        yield return ("Zendesk, webhook",
            """{"type":"zen:event-type:ticket.comment_added","detail":{"id":"17","actor_id":"5"}}""",
            body => ZendeskJson.ReadWebhook(body, 1) is ParsedRequest.Arrived);
        yield return ("Zendesk, ticket",
            """{"ticket":{"id":17,"subject":"s","status":"open","requester_id":5,"custom_fields":[{"id":9,"value":"x"}],"satisfaction_rating":{"score":"good"}},"users":[{"id":5,"role":"end-user","email":"a@b.c"}]}""",
            body => ZendeskJson.Ticket(
                VendorJson.Parse(body), [Parsed(Comment)],
            new ZendeskOptions { Fields = "order_id=9" }).Opening.ExternalId == "17");
        yield return ("Zendesk, comments", """{"comments":[""" + Comment + "," + Comment + """],"meta":{"has_more":false}}""",
            body => ZendeskJson.Ticket(default, [VendorJson.Parse(body)], new ZendeskOptions()).Entries.Count > 0);
        yield return ("Intercom, notification",
            """{"topic":"conversation.admin.replied","data":{"item":{"id":"17","conversation_parts":{"conversation_parts":[{"author":{"type":"admin","id":"9"}}]}}}}""",
            body => IntercomJson.ReadWebhook(body, "1") is ParsedRequest.Arrived);
        yield return ("Intercom, conversation",
            """{"id":"17","created_at":1,"state":"open","source":{"id":"1","body":"<p>hi</p>","attachments":[{"name":"a.png","url":"https://a.b/c","filesize":9}],"author":{"type":"user","id":"5","email":"a@b.c"}},"conversation_parts":{"conversation_parts":[{"id":"2","part_type":"comment","body":"<p>x</p>","created_at":2,"author":{"type":"admin","id":"9"}}]}}""",
            body => IntercomJson.Ticket(VendorJson.Parse(body), new IntercomOptions()).Opening.ExternalId == "17");
        yield return ("Freshdesk, webhook", """{"freshdesk_webhook":{"ticket_id":17,"ticket_status":"Open"}}""",
            body => FreshdeskJson.ReadWebhook(body) is ParsedRequest.Arrived);
        yield return ("Freshdesk, ticket",
            """{"id":17,"subject":"s","status":2,"requester_id":5,"description_text":"hi","attachments":[{"name":"a.png","attachment_url":"https://a.b/c","size":9}],"tags":["a"],"custom_fields":{"cf_order":"x"},"requester":{"email":"a@b.c"}}""",
            body => FreshdeskJson.Ticket(VendorJson.Parse(body), [Parsed("""[{"id":3,"user_id":5,"body_text":"x"}]""")],
                VendorJson.Parse(body),
                    new FreshdeskOptions { Fields = "order_id=cf_order" }).Opening.ExternalId == "17");
        yield return ("Slack, click",
            "payload=" + WebUtility.UrlEncode(
            """{"type":"block_actions","user":{"id":"U1"},"actions":[{"action_id":"claim","value":"T-1"}]}"""),
            body => SlackJson.Read(body, new Dictionary<string, string> { ["U1"] = "tess" }) is ParsedRequest.Arrived);
        var file = Path.Combine(Directory.CreateTempSubdirectory("baton-fuzz-").FullName, "export");
        foreach (var (source, genuine) in GenuineHistories.Of)
            yield return ($"import of {source}", genuine, body =>
            {
                File.WriteAllBytes(file, body);
                try
                {
                    return HistoryReader.Read(source, file, new HistoryMapping { Own = ["help@example.com"] })
                        .Count(r => r.Ticket is not null) == 2;
                }
                catch (HistoryException)
                {
                    // A file that is none of its kind is refused as a whole, with the reason.
                    return false;
                }
            });
        yield return ("CSV", "id,email,tier\nC-1,a@b.c,\"plus, \"\"old\"\"\"\n",
            body => CsvRows.Of(Encoding.UTF8.GetString(body)).Count() > 1);
    }

    private static JsonElement Parsed(string json) => JsonSerializer.Deserialize<JsonElement>(json);
}
