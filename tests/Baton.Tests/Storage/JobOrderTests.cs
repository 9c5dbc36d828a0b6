using Baton.Storage.Jobs;
using Baton.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace Baton.Tests.Storage;

public sealed class JobOrderTests
{
    private enum Step { Add, Lease, Complete, Fail, Release, Wait }

    /// <summary>
    /// Whatever happens to leases, jobs of one key finish in the order of their arrival, never two at a time, and
    /// every job ends finished or dead.
    /// </summary>
    [Fact]
    public void Finishes_jobs_of_a_key_in_order_whatever_happens_to_their_leases()
    {
        var step = Gen.Choose(0, 5).SelectMany(s => Gen.Choose(0, 99), (s, pick) => (Step: (Step)s, Pick: pick));
        var property = Prop.ForAll(
            Arb.From(Gen.ListOf(step, 60)), steps => Run([.. steps]).GetAwaiter().GetResult());
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(25), property);
    }

    private static async Task<bool> Run((Step Step, int Pick)[] steps)
    {
        await using var temporary = new TemporaryDatabase();
        var world = new World(temporary);
        foreach (var (step, pick) in steps) await world.Do(step, pick);
        await world.Drain();
        return world.IsInOrder && world.IsEmpty;
    }

    private sealed class World(TemporaryDatabase temporary)
    {
        private readonly JobQueue _queue = new(
            "test", new JobOptions { AttemptLimit = 1_000, BackoffMs = 100 }, temporary.Clock, new Random(7));

        private readonly List<LeasedJob> _held = [];
        private readonly Dictionary<string, List<long>> _finished = [];

        public bool IsInOrder => _finished.Values.All(ids => ids.SequenceEqual(ids.Order()));

        public bool IsEmpty => temporary.Database.Read(_queue.Depth) == 0;

        public async Task Do(Step step, int pick)
        {
            var job = _held.Count == 0 ? null : _held[pick % _held.Count];
            switch (step)
            {
                case Step.Add: await Write(
                    t => _queue.Enqueue(t, new NewJob { Kind = "turn", Key = $"k{pick % 3}" })); break;
                case Step.Lease: await Lease(1 + (pick % 4)); break;
                case Step.Wait: temporary.Clock.Advance(TimeSpan.FromMilliseconds(pick * 100)); break;
                case Step.Complete when job is not null: await Complete(job); break;
                case Step.Fail when job is not null: await Write(t => _queue.Fail(t, job, "no")); break;
                case Step.Release when job is not null: await Write(t => { _queue.Release(t, job); return 0; }); break;
            }
        }

        public async Task Drain()
        {
            for (var round = 0; !IsEmpty; round++)
            {
                Assert.True(round < 1_000, "the queue does not become empty");
                temporary.Clock.Advance(TimeSpan.FromMinutes(10));
                await Lease(10);
                foreach (var job in _held.ToList()) await Complete(job);
            }
        }

        private async Task Lease(int limit)
        {
            var jobs = await Write(t => _queue.Lease(t, "w", limit));
            // One at a time: two jobs of a key in one batch would both be here.
            Assert.Equal(jobs.Count, jobs.Select(j => j.Key).Distinct().Count());
            _held.AddRange(jobs);
        }

        private async Task Complete(LeasedJob job)
        {
            _held.Remove(job);
            try
            {
                await Write(t => { _queue.Complete(t, job); return 0; });
            }
            catch (Baton.Storage.StorageException)
            {
                return;
            }
            if (!_finished.TryGetValue(job.Key!, out var ids)) _finished[job.Key!] = ids = [];
            ids.Add(job.Id);
        }

        private Task<T> Write<T>(Func<Baton.Storage.WriteTransaction, T> work) => temporary.Database.WriteAsync(work);
    }
}
