using Baton.Conversations;
using Baton.Playbooks;
using Baton.Storage;

namespace Baton.Benchmarks;

/// <summary>
/// What does it cost to encrypt a message with its customer's key? Both sides write the same rows, two messages a
/// ticket and one customer for each two tickets, in transactions of 100 rows; one of them in plain columns without a
/// key.
/// </summary>
internal static class SealedMessages
{
    private const int Rounds = 5, Group = 100;

    private static readonly string Text = string.Join(' ', Enumerable.Repeat("The parcel has not arrived yet.", 13));

    public static async Task<int> RunAsync(int messages)
    {
        List<(Measured Plain, Measured Sealed)> rounds = [];
        for (var round = 0; round < Rounds; round++)
            rounds.Add((await WriteAsync(messages, Plain), await WriteAsync(messages, MessageRows.Insert)));
        var (plain, closed) = rounds.OrderBy(r => r.Sealed.CpuMicros - r.Plain.CpuMicros).ElementAt(Rounds / 2);
        Console.WriteLine($"{messages:N0} messages of {Text.Length} characters, median of {Rounds} rounds");
        Console.WriteLine($"plain {plain.CpuMicros:0.0} µs of processor time a message, sealed {closed.CpuMicros:0.0} µs: "
            + $"{closed.CpuMicros - plain.CpuMicros:0.0} µs more");
        return 0;
    }

    private static async Task<Measured> WriteAsync(int messages, Action<WriteTransaction, MessageRow> write)
    {
        var folder = Directory.CreateTempSubdirectory("baton-bench-").FullName;
        Measured measured;
        await using (var database = Database.Open(
            new DatabaseOptions { Path = Path.Combine(folder, "messages.db") }, TimeProvider.System))
        {
            var watch = new Measure();
            for (var first = 0; first < messages; first += Group)
            {
                var from = first;
                await database.WriteAsync(transaction =>
                {
                    for (var i = from; i < Math.Min(from + Group, messages); i++) write(transaction, Row(i));
                });
            }
            measured = watch.Stop(messages);
        }
        Directory.Delete(folder, recursive: true);
        return measured;
    }

    private static MessageRow Row(int number) => new()
    {
        Id = $"T-{number / 2}/{number % 2 + 1}", ConversationId = $"T-{number / 2}", Position = number % 2 + 1,
        Channel = "api", Author = Author.Customer, Body = Text, Redacted = Text, CustomerId = $"c-{number / 4}",
        Sender = number % 2 == 0 ? """{"name":"Ada","email":"ada@example.com"}""" : null,
        Placeholders = number % 2 == 0 ? """{"[EMAIL_1]":"ada@example.com"}""" : null,
        Digest = "0123456789abcdef0123456789abcdef", ReceivedAt = DateTimeOffset.UnixEpoch.AddSeconds(number),
    };

    private static void Plain(WriteTransaction transaction, MessageRow row) => transaction.Execute(
        """
        insert into messages (id, conversation_id, position, channel, external_id, author, sender, subject, body,
            placeholders, received_at, digest)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        """,
        row.Id, row.ConversationId, (long)row.Position, row.Channel, row.ExternalId, EnumWords.Of(row.Author),
        row.Sender,
        row.Subject, row.Body, row.Placeholders, SqlValue.Ms(row.ReceivedAt), row.Digest);
}
