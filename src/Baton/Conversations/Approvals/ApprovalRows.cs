using System.Text;
using Baton.Conversations.RawTexts;
using Baton.Playbooks;
using Baton.Storage;
using Baton.Storage.Sealing;

namespace Baton.Conversations.Approvals;

/// <summary>SQL of the table of approvals. Inputs are sealed with the customer's key.</summary>
internal static class ApprovalRows
{
    /// <summary>Amounts are kept exactly, in ten-thousandths.</summary>
    private const decimal Parts = 10_000;

    /// <summary>Listed at most.</summary>
    private const long Most = 200;

    public static Approval? Find(ReadConnection connection, string id) =>
        WithVotes(connection, connection.First($"{Select} where id = $1", row => Map(connection, row), id));

    /// <summary>The last one of an effect as it was asked for.</summary>
    public static Approval? Last(ReadConnection connection, string effectKey, string inputDigest) => connection.First(
        $"{Select} where effect_key = $1 and input_digest = $2 order by requested_at_ms desc, id desc limit 1",
        row => Map(connection, row), effectKey, inputDigest);

    /// <summary>Those that wait, the one that waits longest first.</summary>
    public static List<Approval> Open(ReadConnection connection) =>
        [.. connection.Query(
            $"{Select} where status = 'open' order by requested_at_ms, id limit $1", row => Map(connection, row), Most)
            .Select(a => WithVotes(connection, a)!)];

    /// <summary>Those of a ticket, oldest first.</summary>
    public static List<Approval> Of(ReadConnection connection, string conversationId) =>
        [.. connection.Query(
            $"{Select} where conversation_id = $1 order by requested_at_ms, id", row => Map(connection, row),
            conversationId).Select(a => WithVotes(connection, a)!)];

    /// <summary>Writes it; false when one of its effect is open or approved already.</summary>
    public static bool Insert(WriteTransaction transaction, Approval approval, string? customerId)
    {
        var key = MessageKeys.For(transaction, approval.ConversationId, customerId);
        return transaction.Execute(
            """
            insert into approvals (id, effect_key, conversation_id, turn, agent, tool, input_digest, key_id, sealed,
                amount_parts, currency, reason, role, four_eyes, status, requested_at_ms, expires_at_ms)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'open', $15, $16)
            on conflict do nothing
            """,
            approval.Id, approval.EffectKey, approval.ConversationId, (long)approval.Turn, approval.Agent,
            approval.Tool, approval.InputDigest, key, Close(transaction, key, approval.Id, approval.Inputs ?? "{}"),
            ToParts(approval.Amount), approval.Currency, approval.Reason, approval.Role, approval.FourEyes,
            SqlValue.Ms(approval.RequestedAt), SqlValue.Ms(approval.ExpiresAt)) == 1;
    }

    /// <summary>Notes a yes or a no; false when this person has spoken already.</summary>
    public static bool Vote(WriteTransaction transaction, string id, ApprovalVote vote, DateTimeOffset at) =>
        transaction.Execute(
            """
            insert into approval_votes (approval_id, person, approves, at_ms) values ($1, $2, $3, $4)
            on conflict do nothing
            """,
            id, vote.By, vote.Approves, SqlValue.Ms(at)) == 1;

    /// <summary>Other inputs than were asked for; who has said yes to the old ones has not to these.</summary>
    public static void Change(WriteTransaction transaction, Approval approval, string inputs, decimal? amount)
    {
        transaction.Execute("delete from approval_votes where approval_id = $1", approval.Id);
        var key = transaction.Number("select key_id from approvals where id = $1", approval.Id)!.Value;
        transaction.Execute(
            "update approvals set sealed = $2, amount_parts = coalesce($3, amount_parts) where id = $1",
            approval.Id, Close(transaction, key, approval.Id, inputs), ToParts(amount));
    }

    /// <summary>Ends one that is open; false when it is not.</summary>
    public static bool End(WriteTransaction transaction, string id, ApprovalStatus status, DateTimeOffset at) =>
        transaction.Execute(
            "update approvals set status = $2, decided_at_ms = $3 where id = $1 and status = 'open'",
            id, EnumWords.Of(status), SqlValue.Ms(at)) == 1;

    /// <summary>The ticket went another way: nobody has to decide any more.</summary>
    public static int Withdraw(WriteTransaction transaction, string conversationId, DateTimeOffset at) =>
        transaction.Execute(
            """
            update approvals set status = 'withdrawn', decided_at_ms = $2 where conversation_id = $1 and status = 'open'
            """,
            conversationId, SqlValue.Ms(at));

    private const string Select = """
        select id, effect_key, conversation_id, turn, agent, tool, input_digest, key_id, sealed, amount_parts, currency,
            reason, role, four_eyes, status, requested_at_ms, expires_at_ms
        from approvals
        """;

    private static Approval Map(ReadConnection connection, Row row) => new()
    {
        Id = row.Text(0), EffectKey = row.Text(1), ConversationId = row.Text(2), Turn = row.Int32(3),
        Agent = row.Text(4), Tool = row.Text(5), InputDigest = row.Text(6), Inputs = Opened(connection, row),
        Amount = row.IsNull(9) ? null : row.Int64(9) / Parts, Currency = row.TextOrNull(10), Reason = row.Text(11),
        Role = row.Text(12), FourEyes = row.Int64(13) == 1,
        Status = EnumWords.Find<ApprovalStatus>(row.Text(14)) ?? ApprovalStatus.Withdrawn,
        RequestedAt = row.Time(15), ExpiresAt = row.Time(16),
    };

    private static string? Opened(ReadConnection connection, Row row) =>
        connection.Keys.Find(row.Int64(7)) is { } key
            ? Encoding.UTF8.GetString(Seal.Open(key, row.Utf8(8), Place(row.Text(0)))) : null;

    private static byte[] Close(WriteTransaction transaction, long key, string id, string inputs) =>
        Seal.Close(transaction.Keys.Find(key)!, Encoding.UTF8.GetBytes(inputs), Place(id));

    private static string Place(string id) => $"approval {id}";

    private static Approval? WithVotes(ReadConnection connection, Approval? approval) => approval is null ? null
        : approval with
        {
            Yes = connection.Query(
                "select person from approval_votes where approval_id = $1 and approves = 1 order by at_ms, person",
                row => row.Text(0), approval.Id),
        };

    private static SqlValue ToParts(decimal? amount) =>
        amount is { } value ? (long)decimal.Round(value * Parts) : default(SqlValue);

    /// <summary>Takes the inputs; that something was asked for, and what people said, stays.</summary>
    public static int Erase(WriteTransaction transaction, string ticket) => transaction.Execute(
        "update approvals set key_id = null, sealed = null where conversation_id = $1 and sealed is not null", ticket);
}
