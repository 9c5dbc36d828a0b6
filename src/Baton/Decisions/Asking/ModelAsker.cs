using System.Text.Json;
using Baton.Conversations;
using Baton.Decisions.Turns;
using Baton.Gateway;
using Baton.Gateway.Calls;
using Baton.Gateway.Chain;
using Baton.Gateway.Money;
using Baton.Gateway.Providers;
using Baton.Playbooks;
using Baton.Playbooks.Models;
using Baton.Privacy;
using Microsoft.Extensions.AI;

namespace Baton.Decisions.Asking;

/// <summary>
/// Asks the tiers of <c>models.yaml</c> for a stage, weakest first: on to the next one when an answer is missing,
/// invalid, or less sure than the floor. Its failures are outcomes; the local reading stands when nobody answers.
/// </summary>
/// <param name="gateway">Null in a host without models.</param>
/// <param name="store">Where the placeholders of conversations are.</param>
internal sealed class ModelAsker(ModelGateway? gateway, ConversationStore store)
{
    private volatile Reach? _reach;

    /// <summary>Whether this stage may ask a model in this turn.</summary>
    public bool Asks(Turn turn, string stage) => Policy(turn, stage) is not null;

    /// <summary>Whether any stage of this playbook may ask a model.</summary>
    public bool HasModels(Playbook playbook) =>
        gateway is not null && playbook.Models is { } policy && policy.Stages.Any(s => ModelStages.All.Contains(s.Name))
        && ReachOf(policy).Tiers.Count > 0;

    /// <summary>One line about providers that cannot be used because their key is missing, or null.</summary>
    public string? Missing(Playbook playbook)
    {
        if (gateway is null || playbook.Models is not { } policy) return null;
        List<string> variables =
        [
            .. policy.Models.Select(m => (Model: m, Provider: policy.Provider(m.Provider)!))
                .Where(m => !gateway.CanReach(m.Model, m.Provider))
                .Select(m => m.Provider.KeyVariable ?? $"provider {m.Provider.Name}").Distinct(),
        ];
        if (variables.Count == 0) return null;
        var left = ReachOf(policy).Tiers;
        return $"models.yaml: {string.Join(", ", variables)} not set; "
            + (left.Count == 0 ? "the local tier decides alone"
                : $"models are asked on {string.Join(", ", left)} only");
    }

    /// <summary>The tier after this one, or null at the end; <c>local</c> is followed by the first.</summary>
    public string? Above(Turn turn, string tier)
    {
        if (gateway is null || turn.Playbook.Models is not { } policy) return null;
        var tiers = ReachOf(policy).Tiers;
        var at = tiers.ToList().IndexOf(tier);
        return at + 1 < tiers.Count ? tiers[at + 1] : null;
    }

    /// <summary>The model that works with tools, on the first tier of its stage; null when there is none.</summary>
    public AgentModel? ForAgent(Turn turn, Placeholders placeholders) =>
        Tiers(turn, ModelStages.Agent, null) is [var tier, ..]
            ? new AgentModel(
                gateway!, tier, PromptBook.Of(turn.Playbook).For(ModelStages.Agent), options =>
                {
                    options.ModelId = tier;
                    return Context(turn, ModelStages.Agent, placeholders).On(options);
                })
            : null;

    /// <summary>Asks until an answer is valid and sure enough, or no tier is left.</summary>
    public async Task<Asked<T>> AskAsync<T>(Turn turn, ModelQuestion<T> question, CancellationToken cancellationToken)
        where T : class
    {
        var tiers = Tiers(turn, question.Stage, question.Above);
        var asked = new Asked<T> { Tier = question.Otherwise };
        var prompt = PromptBook.Of(turn.Playbook).For(question.Stage);
        var notes = new List<string>();
        for (var i = 0; i < tiers.Count; i++)
        {
            var (answer, why, receipts) = await TryAsync(turn, question, tiers[i], prompt, cancellationToken);
            asked = asked with { Receipts = [.. asked.Receipts, .. receipts] };
            if (answer is not null)
            {
                asked = asked with { Answer = answer, Tier = tiers[i], Confidence = question.Confidence(answer) };
                notes.Add($"{tiers[i]} {asked.Confidence:0.00}");
                if (asked.Confidence >= question.Floor) break;
                continue;
            }
            var ends = Fallbacks.EndsAsking(why!);
            var next = ends || i + 1 == tiers.Count ? asked.Tier : tiers[i + 1];
            notes.Add($"{tiers[i]}: {why}");
            asked = asked with
            {
                Facts = [.. asked.Facts,
                    new ConversationEvent.ModelFellBack(turn.Number, question.Stage, tiers[i], next, why!)],
            };
            if (ends) break;
        }
        if (asked.Answer is null) notes.Add(question.Otherwise);
        return asked with { Note = $"{string.Join(" → ", notes)}; prompt {question.Stage} {prompt.Digest}" };
    }

    private async Task<(T? Answer, string? Why, IReadOnlyList<Receipt> Receipts)> TryAsync<T>(
        Turn turn, ModelQuestion<T> question, string tier, StagePrompt prompt, CancellationToken cancellationToken)
        where T : class
    {
        // A copy: what the gateway finds on top belongs to this call only.
        var placeholders = store.Database.Read(c => MessageRows.Placeholders(c, turn.Conversation.Id));
        try
        {
            var response = await gateway!.GetResponseAsync(
                [new(ChatRole.System, prompt.System), new(ChatRole.User, MarkedText.Of(question.Parts))],
                Context(turn, question.Stage, placeholders).On(new ChatOptions
                {
                    ModelId = tier,
                    ResponseFormat = ChatResponseFormat.ForJsonSchema(question.Schema, question.Stage),
                }),
                cancellationToken);
            if (response.IsRefusal()) return (null, Fallbacks.Refused, response.Receipts());
            var answer = Read(question, PublicValues.PutBack(response.Text, placeholders, question.PublicText));
            return (answer, answer is null ? Fallbacks.InvalidAnswer : null, response.Receipts());
        }
        catch (GatewayException error)
        {
            return (null, Fallbacks.Of(error), error.Receipts);
        }
    }

    /// <summary>Model output is untrusted: the shape is checked again here, whatever the provider promised.</summary>
    private static T? Read<T>(ModelQuestion<T> question, string text) where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(JsonText.Of(text));
            return JsonShape.Problem(document.RootElement, question.Schema) is null
                ? question.Read(document.RootElement) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static CallContext Context(Turn turn, string stage, Placeholders placeholders) => new()
    {
        Stage = stage,
        // What a shadow spends is not the ticket's, and not the customer's.
        Ticket = turn.IsShadow ? ShadowAccount.TicketOf(turn.Conversation.Id) : turn.Conversation.Id,
        Customer = turn.IsShadow ? null : turn.Findings.Gate?.Customer.Id ?? turn.Conversation.CustomerId,
        Placeholders = placeholders,
        Regulated = RegulatedTurn.Holds(turn),
        Batch = turn.Batch,
        ShadowBudget = turn.ShadowBudget,
    };

    private StagePolicy? Policy(Turn turn, string stage)
    {
        if (gateway is null || turn.Playbook.Models is not { } policy || turn.BudgetStopped) return null;
        return policy.Stage(stage) is { } found && ReachOf(policy).Tiers.Count > 0 ? found : null;
    }

    /// <summary>
    /// The stage's own tier and those after it, or those above a tier; the strongest when none is above it.
    /// </summary>
    private List<string> Tiers(Turn turn, string stage, string? above)
    {
        if (Policy(turn, stage) is not { } policy) return [];
        var all = turn.Playbook.Models!.Tiers.Select(t => t.Name).ToList();
        var reachable = ReachOf(turn.Playbook.Models).Tiers;
        var from = all.IndexOf(policy.Tier);
        if (above is not null) from = Math.Max(from, all.IndexOf(above) + 1);
        List<string> tiers = [.. all.Skip(from).Where(reachable.Contains)];
        return tiers.Count > 0 ? tiers : [reachable[^1]];
    }

    private Reach ReachOf(ModelsPolicy policy)
    {
        if (_reach is { } known && ReferenceEquals(known.Policy, policy)) return known;
        return _reach = new Reach(policy,
        [
            .. policy.Tiers.Where(t => t.Models.Any(name => policy.Model(name) is { } model
                && policy.Provider(model.Provider) is { } provider && gateway!.CanReach(model, provider)))
                    .Select(t => t.Name),
        ]);
    }

    /// <summary>Tiers with a model whose provider has its key.</summary>
    private sealed record Reach(ModelsPolicy Policy, IReadOnlyList<string> Tiers);
}

/// <summary>A model for work with tools, and how it is asked.</summary>
internal sealed record AgentModel(
    IChatClient Client, string Tier, StagePrompt Prompt, Func<ChatOptions, ChatOptions> On);
