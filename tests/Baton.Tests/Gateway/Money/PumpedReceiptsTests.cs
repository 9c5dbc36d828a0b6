using System.Text;
using Baton.Gateway.Money;
using Baton.Gateway.Providers;
using Baton.Playbooks;
using Baton.Storage;
using Baton.Storage.Events;
using Baton.Testing;

namespace Baton.Tests.Gateway.Money;

/// <summary>The loop of receipts moved step by step by one seeded hand on one thread, with the writer's.</summary>
public sealed class PumpedReceiptsTests
{
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(20);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Tells_the_same_story_for_the_same_seed(int seed) => Assert.Equal(Story(seed), Story(seed));

    [Fact]
    public void Tells_another_story_for_another_seed() => Assert.NotEqual(Story(1), Story(2));

    [Fact]
    public void Writes_nothing_by_itself_and_gathers_what_has_ended_by_the_clock()
    {
        var world = new World(new TemporaryDatabase(), new Random(1));
        world.Add(1);
        world.Add(2);

        Assert.Equal("nothing was due", world.Try());
        world.Clock.Advance(Gather);
        var step = world.Step();
        Assert.False(step.IsCompleted);
        world.Database.Step();

        Assert.True(step.IsCompletedSuccessfully);
        Assert.Equal(2, world.Written);
        world.Close();
    }

    private static string Story(int seed)
    {
        var world = new World(new TemporaryDatabase(), new Random(seed));
        for (var i = 0; i < 300; i++) world.Move();
        return world.Finish();
    }

    private sealed class World
    {
        private readonly TemporaryDatabase _temporary;
        private readonly ReceiptBook _book;
        private readonly Random _random;
        private readonly int _thread = Environment.CurrentManagedThreadId;
        private readonly List<int> _open = [];
        private readonly List<Task> _running = [];
        private readonly StringBuilder _story = new();
        private int _begun;

        public World(TemporaryDatabase temporary, Random random)
        {
            (_temporary, _random) = (temporary, random);
            Database = _temporary.OpenAnother(o => o with { Pumped = true });
            _book = new ReceiptBook(Database, new BudgetBook(Database, Clock), Clock, Gather);
        }

        public Database Database { get; }

        public ManualClock Clock => _temporary.Clock;

        public long Written => Database.Read(c => c.Number("select count(*) from receipts")) ?? 0;

        public Task<bool> Step() => _book.StepAsync();

        /// <summary>A step that has nothing to wait for: it wrote nothing and asked nobody to.</summary>
        public string Try() => Step() is { IsCompletedSuccessfully: true } && !Database.Step() ? "nothing was due" : "wrote";

        public void Add(int number) => _book.Add(Receipt(number));

        public void Move()
        {
            switch (_random.Next(6))
            {
                case 0:
                    _open.Add(++_begun);
                    _book.Begin(Receipt(_begun), Clock.GetUtcNow().AddSeconds(20));
                    break;
                case 1 when _open.Count > 0:
                    var ended = _open[_random.Next(_open.Count)];
                    _open.Remove(ended);
                    Add(ended);
                    break;
                case 2: _running.Add(Step()); break;
                case 3: _running.Add(FlushAsync()); break;
                case 4: Clock.Advance(TimeSpan.FromMilliseconds(_random.Next(30))); break;
                default: Database.Step(); break;
            }
        }

        /// <summary>Works off what is left, with a limit, and closes everything.</summary>
        public string Finish()
        {
            foreach (var number in _open) Add(number);
            for (var round = 0; round < 1_000 && Written < _begun; round++)
            {
                Clock.Advance(Gather);
                _running.Add(Step());
                while (Database.Step()) { }
            }
            Assert.Equal(_begun, Written);
            Assert.All(_running, task => Assert.Null(task.Exception));
            Assert.All(_running, task => Assert.True(task.IsCompleted));
            Assert.Equal(0, Database.Read(c => c.Number("select count(*) from open_attempts")));
            _story.Append(Database.Read(LedgerVerifier.Verify).Digest);
            Close();
            return _story.ToString();
        }

        public void Close() => Assert.True(_temporary.DisposeAsync().AsTask().IsCompletedSuccessfully);

        private async Task FlushAsync()
        {
            await _book.FlushAsync().ConfigureAwait(false);
            Assert.Equal(_thread, Environment.CurrentManagedThreadId);
            _story.Append(Written).Append(' ');
        }

        private Receipt Receipt(int number) => new()
        {
            Id = $"rc_{number}", CallId = $"call_{number}", Attempt = 1, At = Clock.GetUtcNow(), Stage = "triage",
            Model = "small", Provider = "one", Status = ReceiptStatus.Answered, Tokens = new Tokens(10, 0, 0, 2),
            Cost = new Usd(0.001m), PricesDated = new DateOnly(2026, 11, 1), Ticket = $"T-{number}",
        };
    }
}
