using System.Text.Json.Nodes;
using Baton.Conversations;
using Baton.Evaluation.Drafting;
using Baton.Storage;
using Baton.Storage.Events;

namespace Baton.Server.Cli.Knowing;

/// <summary>Tickets of a database as lines to decide again: what customers wrote first, as the ledger has it.</summary>
internal static class PastTickets
{
    /// <summary>The newest ones, redacted.</summary>
    public static IEnumerable<string> Of(Database database)
    {
        foreach (var id in AskedMessages.Newest(database))
        {
            var first = database.Read(c => Ledger.Read(c, id))
                .Select(stored => ConversationJson.Read(stored.Type, stored.Data.Span))
                .OfType<ConversationEvent.MessageReceived>().FirstOrDefault(m => m.From == Author.Customer);
            if (first is { Text.Length: > 0 })
                yield return new JsonObject { ["id"] = id, ["body"] = first.Text }.ToJsonString();
        }
    }
}
