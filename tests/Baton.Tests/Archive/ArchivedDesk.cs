using Baton.Archive;
using Baton.Archive.Places;
using Baton.Conversations;
using Baton.Conversations.Attachments;
using Baton.Conversations.Inbound;
using Baton.Conversations.RawTexts;
using Baton.Evaluation.Ladder;
using Baton.Insights;
using Baton.Storage;
using Baton.Storage.Events;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Archive;

/// <summary>A desk with tickets of two months, all closed and old enough to leave, and a folder for them.</summary>
internal sealed class ArchivedDesk : IAsyncDisposable
{
    /// <summary>In which the tickets began.</summary>
    public const string First = "2026-06", Second = "2026-07";

    /// <summary>Words that only a customer wrote.</summary>
    public const string Phrase = "a very blue ribbon", Later = "the bow was missing";

    public static readonly IReadOnlyList<ReadTable> Tables =
        [ConversationTables.ReadTable, InsightTables.ReadTable, DataReads.ReadTable, DraftFates.ReadTable];

    public Desk Desk { get; } = new();

    /// <summary>For segments; deleted afterwards.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("baton-archive-tests-").FullName;

    public ArchiveOptions Options { get; init; } = new() { SegmentTickets = 2 };

    public Database Database => Desk.Database;

    /// <summary>Three tickets of June, one of July, closed by a person; then four months go by.</summary>
    /// <param name="lateSeconds">So that a second desk does not come to the same hashes.</param>
    public static async Task<ArchivedDesk> CreateAsync(ArchiveOptions? options = null, int lateSeconds = 0)
    {
        var made = new ArchivedDesk { Options = options ?? new ArchiveOptions { SegmentTickets = 2 } };
        made.Desk.Clock.Advance(TimeSpan.FromSeconds(lateSeconds));
        foreach (var id in (string[])["T-1", "T-2", "T-3"]) await made.TicketAsync(id);
        made.Desk.Clock.Advance(TimeSpan.FromDays(35));
        await made.TicketAsync("T-4");
        await made.Desk.Get<DataReads>().NoteAsync("T-2", "ann", DataReads.Texts, null, default);
        made.Desk.Clock.Advance(TimeSpan.FromDays(120));
        await made.Desk.WorkAsync();
        return made;
    }

    public async Task TicketAsync(string id)
    {
        await Desk.DecideAsync(Desk.Ticket($"I bought {Phrase} for ann.{id.ToLowerInvariant()}@example.com.", id) with
        {
            CustomerId = "c-" + id, Subject = "Ribbon",
            Messages =
            [
                new InboundText(Author.Customer, $"I bought {Phrase}, write to ann.{id.ToLowerInvariant()}@example.com.")
                {
                    Attachments = [new InboundAttachment("bill.txt", "It cost 12 dollars."u8.ToArray())],
                },
            ],
        });
        await Desk.WriteAsync($"I want a person, {Later}.", id);
        await Desk.AppendAsync(
            id, new ConversationEvent.AgentReplied(id + "/9", "ann", "We send another one."),
            new ConversationEvent.Closed("ann", "done"));
    }

    public ArchiveRun Run(Action<string>? step = null) => new(Database, Options, step);

    public Task<ArchiveReport> ArchiveAsync(string? before = null) => Run().RunAsync(Folder, before, "test", default);

    public Task<ArchiveVerdict> WalkAsync(string? from = null) =>
        new ArchiveWalk(Database, Options, from).RunAsync(default);

    /// <summary>A database for what comes back, with the same keys.</summary>
    public Database Open(string file) => Database.Open(
        new DatabaseOptions { Path = file, Keys = Database.Keys.Folder }, Desk.Clock);

    /// <summary>As the verb does; not known: as from a folder without its database.</summary>
    public async Task<RestoredMonth> RestoreAsync(Database scratch, string month, bool isKnown = true)
    {
        using var place = ArchivePlace.Of(Folder, Options);
        return await new ArchiveRestore(scratch, place, Folder).RunAsync(
            month, isKnown ? [.. Database.Read(ArchiveSegment.All).Where(s => s.Month == month)] : null,
            isKnown ? Database.Read(c => ErasedSince.Of(c, month)) : null, Tables, default);
    }

    /// <summary>What anybody can see of all tickets: events with their hashes, states, and every read table.</summary>
    public string Seen()
    {
        var lines = new List<string>();
        foreach (var id in (string[])["T-1", "T-2", "T-3", "T-4"])
            foreach (var fact in Database.Read(c => Ledger.Read(c, id)))
                lines.Add($"{fact.Seq} {fact.StreamId} {fact.Version} {fact.Type} {fact.At:O} {fact.Json} {fact.Hash}");
        foreach (var table in Tables.SelectMany(t => t.Tables))
            Database.Read<int>(c =>
            {
                c.Catalog.ForEachLine(c, table, row => lines.Add($"{table}: {row.Text(0)}"));
                return 0;
            });
        return string.Join('\n', lines);
    }

    public long Number(string sql) => Database.Read(c => c.Number(sql)) ?? 0;

    public async ValueTask DisposeAsync()
    {
        await Desk.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
