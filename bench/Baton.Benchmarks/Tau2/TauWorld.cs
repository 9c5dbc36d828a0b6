using System.Text.Json.Nodes;
using Baton.Playbooks;
using Baton.Playbooks.Acting;
using Baton.Tools.Authority;

namespace Baton.Benchmarks.Tau2;

/// <summary>The systems of a domain: their records, what they say of a request, and what a call changes.</summary>
internal abstract class TauWorld(string domain, string data)
{
    /// <summary>The moment at which the domain's records stand still.</summary>
    public abstract DateTimeOffset Now { get; }

    public string Domain => domain;

    /// <summary>Where its records are.</summary>
    public string Folder => data;

    /// <summary>How well it is known who asks. Customers count as verified unless the domain's records say.</summary>
    public virtual IdentityNeed Identity => IdentityNeed.Verified;

    /// <summary>Reads the records as they were in the beginning.</summary>
    public abstract void Reset();

    /// <summary>Reads the records as they are when a task begins.</summary>
    public virtual void Begin(TauTask task) => Reset();

    /// <summary>What a look-up of the domain's tools answers; empty for what is not there.</summary>
    public abstract JsonObject Review(string lookup, JsonObject inputs);

    /// <summary>What a reading tool answers; null: nothing is there.</summary>
    public virtual JsonNode? Read(string tool, JsonObject inputs) => tool switch
    {
        "calculate" => Calculated(Text(inputs["expression"])),
        "think" or "transfer_to_human_agents" => "ok",
        _ => null,
    };

    private static JsonNode? Calculated(string expression)
    {
        try
        {
            using var table = new System.Data.DataTable();
            return table.Compute(expression, null).ToString();
        }
        catch (System.Data.DataException)
        {
            return null;
        }
    }

    /// <summary>Changes the records as the call does.</summary>
    public abstract void Apply(TauCall call);

    /// <summary>What the authority says to a call, with the look-ups that its tool declares.</summary>
    public ToolVerdict Decide(Playbook playbook, TauCall call)
    {
        var tool = playbook.Tools.FirstOrDefault(t => t.Name == call.Tool);
        var known = new JsonObject();
        foreach (var lookup in tool?.Lookups ?? []) known[lookup.Name] = Review(lookup.Tool, call.Inputs);
        return new ToolAuthority(playbook).Decide(
            new ToolCall
            {
                Tool = call.Tool, Agent = "service", Inputs = call.Inputs.DeepClone().AsObject(),
                ConversationId = "T-1", Tainted = false,
            },
            new ToolFacts { Data = known, Identity = Identity, Now = Now, Agreed = call.Agreed });
    }

    protected static string Text(JsonNode? node) => node?.ToString() ?? "";

    protected static decimal Number(JsonNode? node) => node is null ? 0 : decimal.Parse(
        node.ToString(), System.Globalization.CultureInfo.InvariantCulture);
}
