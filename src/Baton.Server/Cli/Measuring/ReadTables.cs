using Baton.Audit.Entries;
using Baton.Conversations;
using Baton.Conversations.RawTexts;
using Baton.Evaluation.Ladder;
using Baton.Insights;
using Baton.Storage.Events;

namespace Baton.Server.Cli.Measuring;

/// <summary>Every table that can be rebuilt from the ledger.</summary>
internal static class ReadTables
{
    public static readonly IReadOnlyList<ReadTable> All =
        [ConversationTables.ReadTable, InsightTables.ReadTable, DataReads.ReadTable, DraftFates.ReadTable,
            AuditTables.ReadTable];
}
