using System.Text.Json;
using Baton.Conversations;
using Baton.Gateway;
using Baton.Gateway.Calls;
using Baton.Playbooks;
using Microsoft.Extensions.AI;

namespace Baton.Agents;

/// <summary>
/// Lets a model work with tools, step by step. The loop is ours because every step is kept before the next one and a
/// call may wait for a person for hours; what a call may do is decided elsewhere, and by nothing the model says.
/// </summary>
internal sealed class AgentLoop(AgentCalls calls, AgentRuns runs, TimeProvider clock)
{
    /// <summary>Longest time of one run without a person, the waiting for approvals not counted.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(90);

    /// <summary>Runs from the beginning, or from where an earlier run of the same turn stopped.</summary>
    public async Task<AgentResult> RunAsync(AgentTask task, IChatClient model, CancellationToken cancellationToken)
    {
        var (begun, recorded) = runs.Load(task);
        var result = await WorkAsync(task, begun, model, cancellationToken);
        return result with { Facts = [.. result.Facts.Skip(recorded)] };
    }

    private async Task<AgentResult> WorkAsync(
        AgentTask task, AgentLog log, IChatClient model, CancellationToken cancellationToken)
    {
        List<ConversationEvent> facts = [.. log.Facts.Select(f => f.Read())];
        using var time = new CancellationTokenSource(Longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        try
        {
            while (true)
            {
                if (log.HasOpenCalls)
                {
                    // Not cut short by the time of the run: a call that was broken off may have had its effect. It has
                    // a limit of its own, and the run ends before the next step.
                    (log, var end) = await calls.MakeAsync(
                        task, log, facts, now => runs.SaveAsync(task, now.With(facts)), cancellationToken);
                    await runs.SaveAsync(task, log.With(facts));
                    if (end is not null) return new AgentResult(end, log, facts);
                }
                if (log.LastWord is { } said) return End(task, log, facts, said);
                if (task.Playbook.Agents.FirstOrDefault(a => a.Name == log.Agent) is not { } agent)
                    return Person(log, facts, $"there is no agent '{log.Agent}'");
                if (AgentRules.Problem(agent, log) is { } why) return Person(log, facts, why);
                log = await StepAsync(task, agent, log, model, facts, either.Token);
                await runs.SaveAsync(task, log.With(facts));
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Person(log, facts, $"no end within {Longest.TotalSeconds:0} s");
        }
        catch (GatewayException error)
        {
            return Person(log, facts, $"no model answered ({error.Failure})");
        }
    }

    private static AgentResult End(AgentTask task, AgentLog log, List<ConversationEvent> facts, string text)
    {
        if (text.Trim().Length == 0) return Person(log, facts, "the model said nothing");
        return AgentRules.Contradiction(text, log, task.Conversation) is { } why
            ? Person(log, facts, why)
            : new AgentResult(new AgentEnd.Answered(WithReceipts(text.Trim(), log)), log, facts);
    }

    /// <summary>What was done is told in the words of its tool, where the model has not named its reference.</summary>
    private static string WithReceipts(string text, AgentLog log) => string.Join("\n\n",
    [
        text, .. log.Calls.Where(c => c.Reference is not { } reference
                || !text.Contains(reference, StringComparison.Ordinal))
            .Select(c => c.Told).OfType<string>().Where(told => !text.Contains(told, StringComparison.Ordinal)),
    ]);

    private async Task<AgentLog> StepAsync(
        AgentTask task, AgentIdentity agent, AgentLog log, IChatClient model, List<ConversationEvent> facts,
        CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var response = await model.GetResponseAsync(
            [
                new(ChatRole.System, $"{task.Prompt}\n\nYou are the agent {agent.Name}: {agent.Description}."),
                new(ChatRole.User, task.Conversation), .. log.Messages(),
            ],
            task.Options(new ChatOptions { Tools = AgentTools.Of(task.Playbook, agent) }), cancellationToken);
        var asked = response.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>()
            .Take(AgentRules.MostCalls).Select((c, i) => new AgentCall(
                c.CallId is { Length: > 0 } id ? id : $"call_{log.Steps.Count}_{i}", c.Name, Inputs(c))).ToList();
        var cost = response.Receipts().Sum(r => r.Cost.Amount);
        var next = log.With(new AgentStep(agent.Name, response.Text, asked), response, cost);
        facts.Add(new ConversationEvent.AgentStepped(
            task.Turn, agent.Name, next.Steps.Count, next.Model, (int)(next.TokensIn - log.TokensIn),
            (int)(next.TokensOut - log.TokensOut), cost,
            Math.Round(clock.GetElapsedTime(started).TotalMilliseconds, 3),
            [.. asked.Select(c => Known(task, c.Tool))]));
        return next;
    }

    /// <summary>A name that a model made up does not get into the ledger.</summary>
    private static string Known(AgentTask task, string tool) =>
        tool is AgentTools.Person or AgentTools.HandTo || task.Playbook.Tools.Any(t => t.Name == tool) ? tool : "unknown";

    private static JsonElement Inputs(FunctionCallContent call) =>
        JsonSerializer.SerializeToElement(call.Arguments ?? new Dictionary<string, object?>());

    private static AgentResult Person(AgentLog log, List<ConversationEvent> facts, string why) =>
        new(new AgentEnd.Person(why), log, facts);
}
