using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Customers;
using Baton.Decisions.Asking;
using Baton.Decisions.Stages.Acting;
using Baton.Decisions.Stages.Beside;
using Baton.Decisions.Turns;
using Baton.Operations;
using Baton.Playbooks;
using Baton.Playbooks.Models;
using Baton.Tools;

namespace Baton.Decisions.Stages;

/// <summary>Tries an answer: a lookup asks its tool, a knowledge intent asks the articles.</summary>
internal sealed class ResolveStage(
    HttpToolCaller tools, KillSwitch killSwitch, ConversationStore store, ModelAsker models, TurnOptions options,
    TimeProvider clock) : Stage<Resolution>
{
    public override string Name => StageNames.Resolve;

    /// <summary>What an agent has worked on has its answer, or its reason for none.</summary>
    public override bool Applies(Turn turn) => turn.Findings.Resolution is null;

    public override async ValueTask<StageReport> RunAsync(Turn turn, CancellationToken cancellationToken)
    {
        var intent = turn.Playbook.FindIntent(turn.Triage.Intent);
        if (turn.Findings.Assessment is not { Route: Route.Auto } || intent is null)
            return Report(Resolution.None, TierNames.Rules, null, "no answer is due");
        if (turn.Findings.Signals is { Accepted: true, AnswerProbability: { } probability }
            && await turn.Input.ChooseAsync(cancellationToken) is { } choice)
            return Articles(turn, SectionReply.Of(choice, probability), probability);
        return intent is { Class: IntentClass.Lookup, Tool: { } name }
            ? await LookUpAsync(turn, intent, turn.Playbook.Tools.First(t => t.Name == name), cancellationToken)
            : await ArticlesAsync(turn, intent, cancellationToken);
    }

    protected override TurnFindings Apply(Turn turn, Resolution output) => turn.Findings with { Resolution = output };

    protected override StageDescription Describe(Resolution output) => output.Describe("Is there an answer?");

    /// <summary>
    /// The articles' own sentences when they answer it well; else a model may write from the passages.
    /// </summary>
    private async ValueTask<StageReport> ArticlesAsync(Turn turn, Intent intent, CancellationToken cancellationToken)
    {
        // Where sections are chosen, that choice is the only judge of what they answer.
        var (quoted, relevance) = turn.Models.ChoosesSections
            ? (null, turn.Findings.Signals?.AnswerProbability ?? 0)
            : turn.Models.Answer(turn.Input.Customer, turn.Subject, turn.Body, intent);
        var local = Articles(turn, quoted, relevance);
        var floor = turn.Playbook.Thresholds.DraftConfidence;
        if ((quoted is not null && relevance >= floor && floor < 1) || !models.Asks(turn, ModelStages.Draft))
            return local;
        var passages = turn.Models.Passages(turn.Subject, turn.Body, intent);
        if (passages.Count == 0) return local;
        var asked = await models.AskAsync(turn, DraftQuestion.Of(turn, passages), cancellationToken);
        if (asked.Answer is not { } written) return asked.On(local);
        return written.Draft(asked.Tier) is { } draft
            ? asked.On(Articles(turn, draft, written.Confidence) with { Tier = asked.Tier })
            : asked.On(Articles(turn, null, relevance) with { Tier = asked.Tier });
    }

    private StageReport Articles(Turn turn, DraftAnswer? draft, double relevance)
    {
        var resolution = draft is null
            ? new Resolution(null, $"the articles do not answer it ({Short(turn, relevance)})", null,
                "Searched the articles without finding an answer that is sure enough.")
            : new Resolution(draft, null, null,
                $"Drafted an answer from \"{draft.Citations[0].Title}\".");
        return Report(resolution, TierNames.Local, relevance,
            resolution.Problem ?? resolution.Draft?.Citations[0].Title);
    }

    /// <summary>What an answer was held against, and from where it would have been sent.</summary>
    private static string Short(Turn turn, double reached)
    {
        var (name, needed) = turn.Models.ChoosesSections
            ? (NearlyAnswered.Measure, turn.AnswerFrom.Value)
            : ("relevance", turn.Playbook.Thresholds.AnswerRelevance);
        return string.Create(CultureInfo.InvariantCulture, $"{name} {reached:0.00}, needs {needed:0.00}");
    }

    private async ValueTask<StageReport> LookUpAsync(
        Turn turn, Intent intent, Tool tool, CancellationToken cancellationToken)
    {
        var identity = TurnSender.Of(store, turn.Conversation);
        var values = OtherRequests.LookedUp(turn, intent);
        var (found, facts) = (new List<Resolution>(), new List<ConversationEvent>());
        for (var i = 0; i < Math.Max(1, values.Count); i++)
        {
            var fields = values.Count < 2 ? turn.Fields
                : new Dictionary<string, string>(turn.Fields) { [intent.RequiredFields[0]] = values[i] };
            var inputs = ToolInputs.Of(tool, intent.RequiredFields, fields, identity);
            var started = clock.GetTimestamp();
            // No agent stands behind a look-up, but its tool may be stopped.
            var result = killSwitch.Of(KillScope.Tool, tool.Name) is { } stopped
                ? new ToolResult.Failed($"stopped by {stopped.By}", IsTransient: false)
                : await tools.CallAsync(tool, inputs, identity, cancellationToken);
            var latency = Math.Round(clock.GetElapsedTime(started).TotalMilliseconds, 3);
            // A failure that may pass is worth another attempt of the whole turn before a person is asked.
            if (result is ToolResult.Failed { IsTransient: true } transient && turn.Attempt < options.ToolAttempts)
                throw new StageException($"tool {tool.Name}: {transient.Why}", isTransient: true);
            found.Add(Read(turn, intent, tool, inputs, result, identity));
            facts.Add(new ConversationEvent.ToolCalled(
                turn.Number, tool.Name, tool.Scope, Digest(inputs), Outcome(result), latency));
        }
        var resolution = await WithArticlesAsync(turn, Together(found), cancellationToken);
        return Report(resolution, TierNames.Rules, null, resolution.Problem ?? $"{tool.Name} answered") with
        {
            Facts = [.. facts], IsPrecious = true,
        };
    }

    /// <summary>One answer to all numbers; a number that has none leaves all of it to a person.</summary>
    private static Resolution Together(List<Resolution> found)
    {
        if (found.Count == 1) return found[0];
        var without = found.FirstOrDefault(r => r.Draft is null);
        // Asked back for "the number", the customer would not know which.
        return without is { Problem: Resolution.NotFound }
            ? without with { Problem = $"one of {found.Count} numbers is not known" }
            : without ?? found[0] with
            {
                Draft = found[0].Draft! with { Text = string.Join("\n\n", found.Select(r => r.Draft!.Text)) },
                OrderValue = found.Max(r => r.OrderValue),
            };
    }

    /// <summary>The same with what articles say to what is asked beside it.</summary>
    private static async ValueTask<Resolution> WithArticlesAsync(
        Turn turn, Resolution found, CancellationToken cancellationToken)
    {
        if (found.Draft is null || turn.Findings.Signals?.BesideProbability is not { } probability
            || probability < turn.AnswerFrom.Value
            || await BesideLookUp.ChooseAsync(turn, cancellationToken) is not { Choice: var choice }) return found;
        var beside = SectionReply.Of(choice, probability);
        return found with
        {
            Draft = found.Draft with
            {
                Text = $"{found.Draft.Text}\n\n{beside.Text}", Citations = beside.Citations, Relevance = probability,
            },
        };
    }

    private static Resolution Read(
        Turn turn, Intent intent, Tool tool, Dictionary<string, string> inputs, ToolResult result,
        Identity identity) => result switch
        {
            ToolResult.Ok ok => AnswerTemplate.Fill(intent.Answer ?? "", ok.Data) is { } text
                ? new Resolution(
                    new DraftAnswer { Text = text, Source = "tool", Relevance = 1, Tier = TierNames.Rules }, null,
                    ok.OrderValue, $"Answered with data of {tool.Name}.")
                : tool.Owner is not null && !ok.IsOwner ? Unverified(turn, tool, ok, identity)
                : new Resolution(null, $"{tool.Name} has no value for the answer", ok.OrderValue,
                    $"Asked {tool.Name}; its data does not answer the question."),
            ToolResult.NotFound => new Resolution(
                null, Resolution.NotFound, null, $"Asked {tool.Name}: nothing under {Named(intent, inputs)}."),
            // As good as missing: the customer is asked again.
            ToolResult.BadInput bad => new Resolution(
                null, Resolution.NotFound, null, $"Did not ask {tool.Name}: {bad.Input} {bad.Why}."),
            ToolResult.NotTheirs => new Resolution(
                null, $"what {tool.Name} found belongs to another customer", null,
                $"Asked {tool.Name}: {Named(intent, inputs)} belongs to another customer than the one who is logged in."),
            ToolResult.Failed failed => new Resolution(null, $"tool {tool.Name}: {failed.Why}", null,
                $"Asked {tool.Name}, which failed: {failed.Why}."),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>All that would answer it is the owner's: who asks says once which address stands on it.</summary>
    private static Resolution Unverified(Turn turn, Tool tool, ToolResult.Ok ok, Identity identity)
    {
        var isAsked = turn.Conversation.IdentityAskedAt is not null;
        return isAsked || identity.HasStated
            ? new Resolution(null, "who asks could not be verified", ok.OrderValue,
                $"Asked {tool.Name}; what answers the question is for the owner. " + (isAsked
                    ? "The customer was asked once which e-mail address stands on it, and the answer did not fit."
                    : "The customer has stated an e-mail address, and it is not the one that stands on it."))
            : new Resolution(null, Resolution.Unverified, ok.OrderValue,
                $"Asked {tool.Name}; what answers the question is for the owner, and who asks is not known.");
    }

    /// <summary>What the customer named; who they are is left out.</summary>
    private static string Named(Intent intent, Dictionary<string, string> inputs) =>
        string.Join(", ", intent.RequiredFields.Where(inputs.ContainsKey).Select(f => inputs[f]));

    private static string Outcome(ToolResult result) => result switch
    {
        ToolResult.Ok => "ok",
        ToolResult.NotFound => "not_found",
        ToolResult.BadInput => "bad_input",
        ToolResult.NotTheirs => "not_theirs",
        _ => "failed",
    };

    private static string Digest(Dictionary<string, string> inputs) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', inputs.Values))))[..16];
}
