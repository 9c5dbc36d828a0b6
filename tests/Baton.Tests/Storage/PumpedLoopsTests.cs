using System.Text;
using Baton.Storage;
using Baton.Storage.Events;
using Baton.Storage.Jobs;
using Baton.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Baton.Tests.Storage;

/// <summary>
/// Writer, worker and timers moved step by step by one seeded hand on one thread: the same seed, the same story.
/// </summary>
public sealed class PumpedLoopsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Tells_the_same_story_for_the_same_seed(int seed) => Assert.Equal(Story(seed), Story(seed));

    [Fact]
    public void Tells_another_story_for_another_seed() => Assert.NotEqual(Story(1), Story(2));

    private static string Story(int seed)
    {
        var temporary = new TemporaryDatabase();
        var world = new World(temporary, new Random(seed));
        for (var i = 0; i < 300; i++) world.Move();
        world.Finish();
        return world.Story;
    }

    private sealed class World
    {
        private readonly TemporaryDatabase _temporary;
        private readonly Database _database;
        private readonly JobQueue _queue;
        private readonly JobWorker _worker;
        private readonly Timers _timers;
        private readonly Random _random;
        private readonly int _thread = Environment.CurrentManagedThreadId;
        private readonly List<Task> _running = [];
        private readonly StringBuilder _story = new();
        private int _added;

        public World(TemporaryDatabase temporary, Random random)
        {
            (_temporary, _random) = (temporary, random);
            _database = temporary.OpenAnother(o => o with { Pumped = true });
            _queue = new JobQueue("test", new JobOptions { AttemptLimit = 3 }, temporary.Clock, random);
            _timers = new Timers(_queue, temporary.Clock, NullLogger.Instance);
            _worker = new JobWorker(
                _database, _queue, new Dictionary<string, JobHandler> { ["turn"] = HandleAsync }, NullLogger.Instance,
                "hand");
        }

        public string Story => _story.ToString();

        public void Move()
        {
            switch (_random.Next(6))
            {
                case 0: _running.Add(AddAsync(_added++)); break;
                case 1: _running.Add(_worker.StepAsync(CancellationToken.None)); break;
                case 2: _running.Add(_timers.StepAsync(_database)); break;
                case 3: _running.Add(_worker.RenewStepAsync()); break;
                case 4: _temporary.Clock.Advance(TimeSpan.FromMilliseconds(_random.Next(3_000))); break;
                default: _database.Step(); break;
            }
        }

        /// <summary>Works off what is left, with a limit, and closes everything.</summary>
        public void Finish()
        {
            for (var round = 0; round < 10_000 && !IsDone; round++)
            {
                _temporary.Clock.Advance(TimeSpan.FromSeconds(10));
                _running.Add(_timers.StepAsync(_database));
                _running.Add(_worker.StepAsync(CancellationToken.None));
                while (_database.Step()) { }
            }
            Assert.True(IsDone);
            Assert.DoesNotContain(_running, task => task.IsFaulted);
            _story.AppendLine(_database.Read(LedgerVerifier.Verify).Digest);
            Assert.True(_temporary.DisposeAsync().AsTask().IsCompletedSuccessfully);
        }

        private bool IsDone => _running.TrueForAll(t => t.IsCompleted) && _database.Read(_queue.Depth) == 0
            && _database.Read(c => c.Number("select count(*) from timers")) == 0;

        private Task AddAsync(int number) => _database.WriteAsync(t =>
        {
            if (number % 3 == 0) _timers.Schedule(t, $"k{number}", "turn", _temporary.Clock.GetUtcNow().AddSeconds(5));
            else _queue.Enqueue(t, new NewJob { Kind = "turn", Key = $"k{number % 4}", Payload = $"{number}" });
        });

        private async Task HandleAsync(LeasedJob job, CancellationToken cancellationToken)
        {
            Assert.Equal(_thread, Environment.CurrentManagedThreadId);
            if (_random.Next(4) == 0) throw new InvalidDataException("by chance");
            await _database.WriteAsync(t =>
            {
                var stream = job.Key!;
                var fact = new NewEvent("Done", _temporary.Clock.GetUtcNow(), $$"""{"attempt":{{job.Attempt}}}""");
                Ledger.Append(t, stream, Ledger.Version(t, stream), fact);
                _queue.Complete(t, job);
            }, cancellationToken).ConfigureAwait(false);
            _story.Append(job.Key).Append(' ').Append(job.Payload).Append(' ').Append(job.Attempt).Append('\n');
            Assert.Equal(_thread, Environment.CurrentManagedThreadId);
        }
    }
}
