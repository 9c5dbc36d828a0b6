using Baton.Conversations;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Workflows;

/// <summary>
/// Two hosts on one database, both at the shop's door at the same moment: money goes back once, and shop, record and
/// customer say the same.
/// </summary>
public sealed class TwoHostsTests : IAsyncDisposable
{
    private readonly RefundDesk _one = new();
    private readonly Desk _other;
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TwoHostsTests()
    {
        _other = new Desk(RefundDesk.Files(), time: _one.Desk.Clock, beside: _one.Desk);
        _other.Shop.Handle = _one.Desk.Shop.Handle;
    }

    public async ValueTask DisposeAsync()
    {
        await _other.DisposeAsync();
        await _one.DisposeAsync();
    }

    /// <summary>Holds the first host at its first effect, before the shop has heard of it or after.</summary>
    private void Hold(bool after)
    {
        var shop = _one.Desk.Shop.Handle!;
        var first = 0;
        _one.Desk.Shop.Handle = async request =>
        {
            if (request.Method == HttpMethod.Get || Interlocked.Increment(ref first) > 1) return await shop(request);
            var answer = after ? await shop(request) : null;
            _reached.SetResult();
            await _go.Task;
            return answer ?? await shop(request);
        };
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pays_back_once_when_a_second_host_takes_the_turn_of_one_that_is_slow(bool after)
    {
        Hold(after);
        await _one.Desk.SubmitAsync(RefundDesk.Ticket(RefundDesk.Small));
        var job = (await _one.Desk.LeaseAsync())!;
        var slow = _one.Desk.Workers.Handlers[job.Kind](job, CancellationToken.None);
        await _reached.Task.WaitAsync(Testing.Until.Limit);

        _one.Desk.LetLeasesEnd();
        await _other.WorkAsync();
        _go.SetResult();
        // It may be told that the work is no longer its own.
        await Record.ExceptionAsync(() => slow);
        await _other.WorkAsync();

        Assert.Equal(OutcomeKind.Acted, _other.Latest("T-1").Outcome);
        Assert.Single(_one.Shop.Ledger);
        Assert.Equal((91m, 91m, 91m), (_one.PaidBack, _one.Recorded(), _one.Told()));
        Assert.Single(_other.Said());
        Assert.Single(_other.Events().OfType<ConversationEvent.DecisionMade>());
        Assert.Single(_other.State().Actions);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pays_back_once_when_two_hosts_work_on_two_tickets_about_one_order(bool after)
    {
        Hold(after);
        await _one.Desk.SubmitAsync(RefundDesk.Ticket(RefundDesk.Small));
        var job = (await _one.Desk.LeaseAsync())!;
        var slow = _one.Desk.Workers.Handlers[job.Kind](job, CancellationToken.None);
        await _reached.Task.WaitAsync(Testing.Until.Limit);

        await _other.SubmitAsync(RefundDesk.Ticket(RefundDesk.Small, "T-2"));
        await _other.WorkAsync();
        _go.SetResult();
        await slow;
        if (!job.IsSettled) await _one.Desk.Database.WriteAsync(t => _one.Desk.Jobs.Complete(t, job));

        var (paid, person) = after ? ("T-1", "T-2") : ("T-2", "T-1");
        Assert.Equal(OutcomeKind.Acted, _one.Desk.Latest(paid).Outcome);
        Assert.Equal(OutcomeKind.Escalated, _one.Desk.Latest(person).Outcome);
        Assert.Single(_one.Shop.Ledger);
        Assert.Equal((91m, 91m, 91m), (_one.PaidBack, _one.Recorded(paid), _one.Told(paid)));
        Assert.Equal((0m, 0m), (_one.Recorded(person), _one.Told(person)));
    }
}
