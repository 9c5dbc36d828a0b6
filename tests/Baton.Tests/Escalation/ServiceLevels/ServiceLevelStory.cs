using System.Globalization;
using Baton.Conversations;
using Baton.Conversations.ServiceLevels;
using Baton.Escalation.Queues;
using Baton.Escalation.ServiceLevels;
using Baton.Playbooks;
using NodaTime;
using NodaTime.Text;

namespace Baton.Tests.Escalation.ServiceLevels;

/// <summary>
/// A ticket of 2026 told in steps such as <c>11-02T09:00 escalate; 11-02T10:00 reply</c>, with timers that fire between
/// them, as in the product.
/// </summary>
internal sealed class ServiceLevelStory(string week, string targets)
{
    private static readonly LocalDateTimePattern Time =
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    private readonly List<(ConversationEvent Fact, DateTimeOffset At)> _ledger = [];
    private Playbook _playbook = Playbook(week, targets);
    private Conversation _state = new() { Id = "T-1" };
    private bool _asleep;
    private DateTimeOffset _now;

    public Conversation State => _state;

    public IReadOnlyList<ConversationEvent> Facts => [.. _ledger.Select(e => e.Fact)];

    public ServiceLevelStory Tell(string steps)
    {
        foreach (var step in steps.Split(';', StringSplitOptions.TrimEntries))
        {
            var (time, verb) = (step[..11], step[12..]);
            var until = At(time);
            Pass(until);
            Do(verb, until);
        }
        return this;
    }

    /// <summary>A clock as <c>running 11-02T11:00</c>, <c>paused 1:00</c> or <c>met after 1 breached</c>.</summary>
    public string Clock(string metric)
    {
        var clock = ServiceClocks.Of(_ledger)[metric];
        var state = clock.StateAt(_now);
        return EnumWords.Of(state) + state switch
        {
            ClockState.Paused => $" {TimeSpan.FromMilliseconds(clock.SpentMs):h\\:mm}",
            ClockState.Running or ClockState.Warning or ClockState.Breached => $" {Local(clock.DueAt!.Value)}",
            _ => "",
        } + (clock.Breaches > 0 && state != ClockState.Breached ? $" after {clock.Breaches} breached" : "");
    }

    private void Do(string verb, DateTimeOffset at)
    {
        switch (verb.Split(':'))
        {
            case ["escalate"]: Happen(Escalated(at), at); break;
            case ["claim"]: Happen([new ConversationEvent.Claimed("ann")], at); break;
            case ["reply"]: Happen([new ConversationEvent.AgentReplied("m", "ann", "hello")], at); break;
            case ["write"]: Happen([Message(at, null)], at); break;
            case ["auto"]: Happen([Message(at, "absence")], at); break;
            case ["close"]: Happen([new ConversationEvent.Closed("ann", "done")], at); break;
            case ["unlock"]: Happen([new ConversationEvent.Unlocked("ann")], at); break;
            case ["solved"]: Happen([new ConversationEvent.ResolutionConfirmed("yes")], at); break;
            case ["reroute", var queue]:
                Happen([new ConversationEvent.Rerouted(_state.Queue!, queue, "ann", "wrong team")], at);
                break;
            case ["raise", var word]:
                Happen([new ConversationEvent.PriorityRaised(
                    _state.Priority!.Value, EnumWords.Find<Priority>(word)!.Value, "a test")], at);
                break;
            case ["targets", var spec]: _playbook = Playbook(week, spec); break;
            case ["nopolicy"]: _playbook = _playbook with { SlaPolicies = [] }; break;
            case ["act", .. var action]:
                _playbook = _playbook with { SlaPolicies = [Acting(_playbook.SlaPolicies[0], action)] };
                break;
            case ["sleep"]: _asleep = true; break;
            case ["wake"]: _asleep = false; break;
            case ["look"]: break;
            default: throw new ArgumentException(verb);
        }
        _now = at;
    }

    /// <summary>Timers fire in order, each once.</summary>
    private void Pass(DateTimeOffset until)
    {
        for (var i = 0; i < 100 && !_asleep; i++)
        {
            var next = _state.Clocks.Running.Min(c => c.WarnAt ?? c.DueAt);
            if (next is not { } due || due > until) return;
            Happen([], due);
        }
    }

    private void Happen(IReadOnlyList<ConversationEvent> facts, DateTimeOffset at)
    {
        var follows = ServiceLevelRules.Follow(_playbook, _state, facts, at);
        foreach (var fact in facts.Concat(follows))
        {
            _ledger.Add((fact, at));
            _state = _state.Apply(fact, at);
        }
    }

    private List<ConversationEvent> Escalated(DateTimeOffset at)
    {
        var (policy, now) = (_playbook.SlaPolicies[0], Instant.FromDateTimeOffset(at));
        return
        [
            new ConversationEvent.Escalated(
                1, null!, "l1", Priority.Normal, Route.L1, "", "", at.AddHours(1), policy.Name),
            new ConversationEvent.Locked("test"),
            .. SlaClock.Start(policy, Priority.Normal, _playbook.FindQueue("l1")!, now).Select(t => t.ToFact()),
        ];
    }

    private static ConversationEvent.MessageReceived Message(DateTimeOffset at, string? automatic) =>
        new("m", 1, Author.Customer, "hi", 2, false, at, automatic);

    private static SlaPolicy Acting(SlaPolicy policy, string[] action)
    {
        var wanted = new SlaAction(
            action is ["priority", var word] ? EnumWords.Find<Priority>(word) : null,
            action is ["queue", var queue] ? queue : null, []);
        return policy with { OnBreach = wanted };
    }

    /// <summary>Targets such as <c>first_reply=2h business | first_reply=1h business</c>: normal, then high.</summary>
    private static Playbook Playbook(string week, string targets)
    {
        var parts = targets.Split('|', StringSplitOptions.TrimEntries);
        var of = new Dictionary<Priority, SlaTargets> { [Priority.Normal] = Targets(parts[0]) };
        of[Priority.High] = parts.Length > 1 ? Targets(parts[1]) : of[Priority.Normal];
        return Some.Playbook() with
        {
            Queues = [Weeks.Queue("l1", week), Weeks.Queue("late", "late")],
            SlaPolicies = [new SlaPolicy { Name = "all", Targets = of }],
        };
    }

    private static SlaTargets Targets(string text)
    {
        var words = text.Split(' ');
        Duration? Of(string metric) => words.FirstOrDefault(w => w.StartsWith(metric + "=", StringComparison.Ordinal))
            is { } word ? Duration.FromHours(
                double.Parse(word[(metric.Length + 1)..^1], CultureInfo.InvariantCulture)) : null;
        return new SlaTargets(Of("first_reply"), Of("resolution"), words.Contains("business"))
        {
            NextReply = Of("next_reply"), RequesterWait = Of("requester_wait"),
        };
    }

    private DateTimeOffset At(string time) => Time.Parse("2026-" + time).Value
        .InZoneLeniently(Zone).ToDateTimeOffset();

    private string Local(DateTimeOffset at) => Time.Format(ZonedDateTime.FromDateTimeOffset(at).WithZone(Zone)
        .LocalDateTime)[5..];

    private DateTimeZone Zone => Weeks.Queue("l1", week).TimeZone;
}
