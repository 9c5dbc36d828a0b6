using System.Text.Json.Nodes;

namespace Baton.Evaluation;

/// <summary>One measured number; <see cref="Interval"/> is the 95 % interval where a sample stands behind it.</summary>
public sealed record Figure(string Name, double Value, Interval? Interval = null);

/// <summary>The result of one measurement: figures in order, and named groups of them (per type, per source).</summary>
public sealed class Figures
{
    private readonly List<Figure> _items = [];
    private readonly List<(string Name, Figures Figures)> _groups = [];

    /// <summary>The figures at this level, in the order they were added.</summary>
    public IReadOnlyList<Figure> Items => _items;

    /// <summary>Named groups below this level, in the order they were added.</summary>
    public IReadOnlyList<(string Name, Figures Figures)> Groups => _groups;

    /// <summary>Adds one figure. Not-a-number is written as null in JSON.</summary>
    public Figures Add(string name, double value, Interval? interval = null)
    {
        _items.Add(new Figure(name, value, interval));
        return this;
    }

    /// <summary>Adds a named group and returns it.</summary>
    public Figures Group(string name)
    {
        var group = new Figures();
        _groups.Add((name, group));
        return group;
    }

    /// <summary>The value of a figure at this level; throws when there is none of that name.</summary>
    public double this[string name] => _items.First(f => f.Name == name).Value;

    /// <summary>
    /// JSON for machines: every figure under its name, groups as nested objects, and <c>intervals</c> with
    /// <c>[low, high]</c> for the figures that have one.
    /// </summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject();
        foreach (var item in _items) json[item.Name] = Number(item.Value);
        foreach (var (name, figures) in _groups) json[name] = figures.ToJson();
        var intervals = _items.Where(f => f.Interval is not null).ToList();
        if (intervals.Count == 0) return json;

        var node = new JsonObject();
        foreach (var item in intervals)
            node[item.Name] = new JsonArray(Number(item.Interval!.Value.Low), Number(item.Interval.Value.High));
        json["intervals"] = node;
        return json;
    }

    private static JsonValue? Number(double value) =>
        double.IsFinite(value) ? JsonValue.Create(Math.Round(value, 6)) : null;
}
