using System.Text.Json;
using Baton.Conversations;
using Baton.Conversations.Inbound;
using Baton.Conversations.Tickets;
using Baton.Decisions.Working;
using Baton.Storage;
using Baton.Storage.Jobs;

namespace Baton.Server.Cli.Deciding;

/// <summary>A line that became no ticket.</summary>
internal sealed record UnreadableLine(int Line, string Problem);

/// <summary>What became of a file.</summary>
/// <param name="Ids">Ids of its tickets in the order of their first lines.</param>
internal sealed record BatchResult(
    IReadOnlyList<string> Ids, int Accepted, int Known, IReadOnlyList<UnreadableLine> Unreadable, TimeSpan Elapsed)
{
    /// <summary>
    /// How many of <see cref="Unreadable"/> were read and refused: their id came before with other content.
    /// </summary>
    public int Refused { get; init; }
}

/// <summary>A row of the table of decisions.</summary>
internal sealed record DecidedTicket(string Route, string Outcome, string? Intent, double Confidence);

/// <summary>Runs the tickets of a file through intake and pipeline, as if they had come through a channel.</summary>
internal sealed class TicketBatch(Intake intake, Workers workers, Database database, JobQueue jobs, TimeProvider clock)
{
    /// <summary>Deliveries under way at once: enough to share commits, few enough to keep memory flat.</summary>
    private const int InFlight = 512;

    /// <summary>Turns that may wait before the file is read on.</summary>
    private const int Backlog = 20_000;

    private const string Channel = "file";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>Takes every line in and waits until all are decided.</summary>
    /// <param name="progress">Gets decided and accepted so far.</param>
    public async Task<BatchResult> RunAsync(
        string file, Action<int, int> progress, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var working = Task.Run(() => workers.RunAsync(stop.Token), CancellationToken.None);
        var run = new State();
        await ReadAsync(file, run, progress, cancellationToken);
        await DrainAsync(0, run, progress, cancellationToken);
        var elapsed = clock.GetElapsedTime(started);
        await stop.CancelAsync();
        await working;
        return new BatchResult(run.Ids, run.Accepted, run.Known, [.. run.Unreadable.OrderBy(u => u.Line)], elapsed)
        {
            Refused = run.Refused,
        };
    }

    /// <summary>The decisions of the file's tickets, in order; the latest of each.</summary>
    public IEnumerable<Decision> Read(BatchResult result) => result.Ids
        .Select(id => database.Read(connection => StoredDecision.Last(connection, id))?.View).OfType<Decision>();

    /// <summary>What the summary tells of them.</summary>
    public IEnumerable<DecidedTicket> Decided(BatchResult result) => result.Ids
        .Select(id => database.Read(connection => connection.First<DecidedTicket>(
            """
            select route, outcome, intent, confidence from decisions where conversation_id = $1
            order by turn desc limit 1
            """,
            row => new(row.Text(0), row.Text(1), row.TextOrNull(2), row.Double(3)), id))).OfType<DecidedTicket>();

    /// <summary>Writes the decisions as JSON lines.</summary>
    public async Task WriteAsync(BatchResult result, string path, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(path);
        foreach (var decision in Read(result))
            await writer.WriteLineAsync(ConversationJson.Write(decision).AsMemory(), cancellationToken);
    }

    private async Task ReadAsync(string file, State run, Action<int, int> progress, CancellationToken cancellationToken)
    {
        using var room = new SemaphoreSlim(InFlight);
        var number = 0;
        await foreach (var line in File.ReadLinesAsync(file, cancellationToken))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            if (Parse(line, number, run) is not { } ticket) continue;
            await room.WaitAsync(cancellationToken);
            var earlier = run.Under(ticket.TicketId);
            run.Start(ticket.TicketId, AcceptAsync(ticket, number, run, earlier, room, cancellationToken));
            if (run.Accepted % 1_000 == 999) await DrainAsync(Backlog, run, progress, cancellationToken);
        }
        for (var i = 0; i < InFlight; i++) await room.WaitAsync(cancellationToken);
        run.Failure?.Throw();
    }

    private static InboundTicket? Parse(string line, int number, State run)
    {
        try
        {
            if (line.Contains('\uFFFD'))
                throw new TicketFormatException("line", "is not valid UTF-8: save the file as UTF-8");
            return TicketJson.Read(JsonSerializer.Deserialize<JsonElement>(line), null, Channel, "expect");
        }
        catch (Exception error) when (error is JsonException or TicketFormatException)
        {
            run.Bad(number, error is JsonException ? $"not JSON: {error.Message}" : error.Message);
            return null;
        }
    }

    private async Task AcceptAsync(
        InboundTicket ticket, int number, State run, Task earlier, SemaphoreSlim room,
        CancellationToken cancellationToken)
    {
        try
        {
            // Of two lines with the same id the first one of the file counts, however many are under way.
            await earlier;
            while (await intake.AcceptAsync(ticket, cancellationToken) is var outcome
                && !run.Take(ticket, number, outcome))
                await Task.Delay(Look, clock, cancellationToken);
        }
        catch (Exception error)
        {
            run.Fail(error);
        }
        finally
        {
            room.Release();
        }
    }

    /// <summary>Waits until no more than so many turns are left.</summary>
    private async Task DrainAsync(int left, State run, Action<int, int> progress, CancellationToken cancellationToken)
    {
        while (Open() is var open)
        {
            progress(run.Accepted - open, run.Accepted);
            run.Failure?.Throw();
            if (open <= left) return;
            await Task.Delay(Look, clock, cancellationToken);
        }
    }

    private int Open() => (int)database.Read(jobs.Depth);

    /// <summary>Counts of a run; lines finish in any order.</summary>
    private sealed class State
    {
        private readonly Lock _gate = new();
        private readonly HashSet<string> _seen = [];

        private readonly List<(int Line, string Id)> _ids = [];
        private readonly Dictionary<string, Task> _underWay = [];

        /// <summary>Ids in the order of the file.</summary>
        public IReadOnlyList<string> Ids => [.. _ids.OrderBy(i => i.Line).Select(i => i.Id)];

        public List<UnreadableLine> Unreadable { get; } = [];

        public int Accepted { get; private set; }

        public int Known { get; private set; }

        public int Refused { get; private set; }

        public System.Runtime.ExceptionServices.ExceptionDispatchInfo? Failure { get; private set; }

        /// <summary>The line with this id that is under way; done when there is none.</summary>
        public Task Under(string id) => _underWay.GetValueOrDefault(id, Task.CompletedTask);

        /// <summary>Only the reader of the file calls this; lines that are done are forgotten now and then.</summary>
        public void Start(string id, Task accepting)
        {
            if (_underWay.Count >= 4 * InFlight)
                foreach (var (done, _) in _underWay.Where(u => u.Value.IsCompleted).ToList()) _underWay.Remove(done);
            _underWay[id] = accepting;
        }

        public void Bad(int line, string problem)
        {
            lock (_gate) Unreadable.Add(new UnreadableLine(line, problem));
        }

        private void Refuse(int line, string problem)
        {
            Refused++;
            Bad(line, problem);
        }

        public void Fail(Exception error)
        {
            lock (_gate) Failure ??= System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(error);
        }

        /// <summary>False when the ticket must be offered again.</summary>
        public bool Take(InboundTicket ticket, int line, IntakeOutcome outcome)
        {
            lock (_gate)
            {
                switch (outcome)
                {
                    case IntakeOutcome.Busy: return false;
                    case IntakeOutcome.Accepted: Accepted++; break;
                    case IntakeOutcome.Duplicate: Known++; break;
                    case IntakeOutcome.Rejected rejected: Bad(
                        line, $"{rejected.Field} {rejected.Problem}"); return true;
                    case IntakeOutcome.Conflict conflict: Refuse(line, conflict.Problem); return true;
                    case IntakeOutcome.OtherContent other: Refuse(line, other.Problem); return true;
                    case IntakeOutcome.NotFound: throw new System.Diagnostics.UnreachableException();
                }
                if (_seen.Add(ticket.TicketId)) _ids.Add((line, ticket.TicketId));
                return true;
            }
        }
    }
}
