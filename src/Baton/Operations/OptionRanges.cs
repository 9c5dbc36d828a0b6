using System.Collections;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Baton.Playbooks.Loading.Source;

namespace Baton.Operations;

/// <summary>
/// What is wrong with options by their own declarations: <see cref="RangeAttribute"/> on each number and time, and
/// <see cref="IValidatableObject"/> where two of them depend on each other.
/// </summary>
internal static class OptionRanges
{
    /// <summary>A sentence for each problem: <c>setting BATON__Jobs__Concurrency: is 0, use 1 to 1,000</c>.</summary>
    /// <param name="name">What the options are called in the environment: <c>BATON__Jobs</c>.</param>
    public static IEnumerable<string> Problems(string name, object options)
    {
        foreach (var property in Of(options.GetType()))
        {
            var value = property.GetValue(options);
            if (value is not null && IsGroup(property.PropertyType))
                foreach (var problem in Problems($"{name}__{property.Name}", value)) yield return problem;
            else if (value is not null && Range(property) is { } range && !range.Holds(value))
                yield return $"setting {name}__{property.Name}: is {Text(value)}, use {range}";
        }
        if (options is not IValidatableObject related) yield break;
        foreach (var problem in related.Validate(new ValidationContext(options)))
            yield return $"setting {name}__{problem.MemberNames.FirstOrDefault()}: {problem.ErrorMessage}";
    }

    /// <summary>The settings of a record of options.</summary>
    public static IEnumerable<PropertyInfo> Of(Type options) => options
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property is { CanRead: true, CanWrite: true });

    /// <summary>Whether the type is a record of options inside another.</summary>
    public static bool IsGroup(Type type) => type is { IsClass: true, Namespace: { } space }
        && (space == "Baton" || space.StartsWith("Baton.", StringComparison.Ordinal));

    /// <summary>The range that a setting declares, or null.</summary>
    public static OptionRange? Range(PropertyInfo property) =>
        property.GetCustomAttribute<RangeAttribute>() is { } declared
            ? new OptionRange(
                Limit(declared.Minimum, property.PropertyType), Limit(declared.Maximum, property.PropertyType))
            : null;

    /// <summary>A value as people write it.</summary>
    public static string Text(object value) => value switch
    {
        TimeSpan time => Durations.Text(time),
        IFormattable number and not Enum => number.ToString("#,0.####", CultureInfo.InvariantCulture),
        _ => $"'{value}'",
    };

    // Attributes hold only constants: times are written as texts, and whole numbers may stand for larger types.
    private static object Limit(object declared, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return declared is string text
            ? TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text)!
            : Convert.ChangeType(declared, type, CultureInfo.InvariantCulture);
    }
}

/// <summary>Smallest and largest value, both allowed.</summary>
internal sealed record OptionRange(object Min, object Max)
{
    public bool Holds(object value) => value is not double.NaN
        && Comparer.DefaultInvariant.Compare(value, Min) >= 0 && Comparer.DefaultInvariant.Compare(value, Max) <= 0;

    public override string ToString() => $"{OptionRanges.Text(Min)} to {OptionRanges.Text(Max)}";
}
