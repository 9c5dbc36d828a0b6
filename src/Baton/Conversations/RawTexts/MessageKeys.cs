using Baton.Storage;
using Baton.Storage.Sealing;

namespace Baton.Conversations.RawTexts;

/// <summary>Whose key closes a message: the customer's, or the conversation's where the customer has no id.</summary>
internal static class MessageKeys
{
    /// <summary>The key for a further message, a new one where there is none.</summary>
    public static long For(WriteTransaction transaction, string conversationId, string? customerId)
    {
        var known = customerId is null ? OfConversation(transaction, conversationId) : Of(transaction, customerId);
        // A copy of the database may still name a key that was destroyed since.
        if (known is { } key && transaction.Keys.Find(key) is not null) return key;
        if (customerId is not null)
        {
            // Two tickets of a new customer that come at once get one key.
            transaction.Lock($"customer/{customerId}");
            if (Of(transaction, customerId) is { } other && transaction.Keys.Find(other) is not null) return other;
        }
        var made = transaction.Keys.Make();
        transaction.Execute(
            "insert into key_files (file) values ($1) on conflict (file) do nothing", (long)TextKeys.FileOf(made));
        if (customerId is not null)
            transaction.Execute(
                """
                insert into customer_keys (customer_id, key_id) values ($1, $2)
                on conflict (customer_id) do update set key_id = $2
                """,
                customerId, made);
        return made;
    }

    /// <summary>The key of a customer, or null.</summary>
    public static long? Of(ReadConnection connection, string customerId) =>
        connection.Number("select key_id from customer_keys where customer_id = $1", customerId);

    /// <summary>The files of keys that texts here need.</summary>
    public static List<int> Files(ReadConnection connection) =>
        connection.Query("select file from key_files order by file", row => row.Int32(0));

    /// <summary>Empties the rows whose keys were in a file that is lost; returns how many.</summary>
    public static int GiveUp(WriteTransaction transaction, int file, DateTimeOffset at)
    {
        var (first, last) = TextKeys.RangeOf(file);
        transaction.Execute("delete from customer_keys where key_id between $1 and $2", first, last);
        transaction.Execute(
            """
            update attachments set key_id = null, sealed_name = null, sealed = null, not_stored = 'erased'
            where key_id between $1 and $2
            """,
            first, last);
        transaction.Execute("delete from key_files where file = $1", (long)file);
        return transaction.Execute(
            """
            update messages set key_id = null, sealed = null, sealed_values = null, erased_at = $3
            where key_id between $1 and $2
            """,
            first, last, SqlValue.Ms(at));
    }

    private static long? OfConversation(ReadConnection connection, string conversationId) => connection.Number(
        """
        select key_id from messages where conversation_id = $1 and key_id is not null order by position desc limit 1
        """,
        conversationId);
}
