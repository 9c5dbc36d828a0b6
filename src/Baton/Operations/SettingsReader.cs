using System.ComponentModel;
using System.Reflection;
using Baton.Playbooks;
using Baton.Playbooks.Loading.Source;
using Microsoft.Extensions.Configuration;

namespace Baton.Operations;

/// <summary>
/// Reads settings such as <c>BATON__Jobs__QueueLimit</c> over the defaults. Whatever is wrong with them, names
/// included, is collected, so that an operator mends all of it at once; <see cref="Close"/> refuses to go on.
/// </summary>
internal sealed class SettingsReader(IConfiguration configuration)
{
    private const string Root = "Baton";
    private const string Prefix = "BATON__";

    private readonly List<string> _problems = [];
    private readonly List<string> _sections = [];

    /// <summary>Fills options from their section and checks what came out.</summary>
    /// <param name="except">Names of properties that are no settings, because the command line gives them.</param>
    public T Read<T>(string section, T options, params string[] except) where T : class
    {
        _sections.Add(section);
        Fill(configuration.GetSection($"{Root}:{section}"), Prefix + section, options, except);
        _problems.AddRange(OptionRanges.Problems(Prefix + section, options));
        return options;
    }

    /// <summary>A setting that is no group, such as <c>BATON__Playbook</c>; null when it is not there.</summary>
    public string? Text(string name)
    {
        _sections.Add(name);
        var given = configuration.GetSection($"{Root}:{name}");
        OnlyOneValue(given, Prefix + name);
        return given.Value;
    }

    /// <summary>An address that is no part of a group; null when it is not set.</summary>
    public Uri? Address(string name)
    {
        if (Text(name) is not { Length: > 0 } text) return null;
        if (Parse(typeof(Uri), text.Trim()) is Uri address) return address;
        _problems.Add($"setting {Prefix}{name}: is '{text}', use {Kind(typeof(Uri))}");
        return null;
    }

    /// <summary>
    /// A setting that only its reader understands, such as <c>Proxy:Known</c>; null when it is not set or wrong.
    /// </summary>
    /// <param name="read">Gives null for what it cannot use.</param>
    /// <param name="use">What it can use, in words.</param>
    public T? Read<T>(string path, Func<string, T?> read, string use) where T : class
    {
        if (!path.Contains(':')) _sections.Add(path);
        var name = Prefix + path.Replace(":", "__", StringComparison.Ordinal);
        var given = configuration.GetSection($"{Root}:{path}");
        OnlyOneValue(given, name);
        if (string.IsNullOrWhiteSpace(given.Value)) return null;
        if (read(given.Value.Trim()) is { } value) return value;
        _problems.Add($"setting {name}: is '{given.Value}', use {use}");
        return null;
    }

    /// <summary>A group that somebody else reads, because it holds lists: only its names are checked.</summary>
    public void Names(string section, params string[] settings)
    {
        _sections.Add(section);
        foreach (var given in configuration.GetSection($"{Root}:{section}").GetChildren())
            if (!settings.Contains(given.Key, StringComparer.OrdinalIgnoreCase))
                _problems.Add(Unknown($"{Prefix}{section}__", given.Key, settings));
    }

    /// <summary>Ends the reading of every section the product has.</summary>
    /// <exception cref="BatonSettingException">Something was wrong, or a section is of nobody.</exception>
    public void Close()
    {
        foreach (var section in configuration.GetSection(Root).GetChildren())
            if (!_sections.Contains(section.Key, StringComparer.OrdinalIgnoreCase))
                _problems.Add(Unknown(Prefix, section.Key, _sections));
        CloseSections();
    }

    /// <summary>Ends the reading of the sections that were asked for; others may have settings, too.</summary>
    /// <exception cref="BatonSettingException">Something was wrong.</exception>
    public void CloseSections()
    {
        if (_problems.Count > 0) throw new BatonSettingException(string.Join('\n', _problems.Distinct()));
    }

    private void Fill(IConfigurationSection section, string name, object options, IReadOnlyCollection<string> except)
    {
        var settings = OptionRanges.Of(options.GetType()).Where(p => !except.Contains(p.Name)).ToList();
        if (!string.IsNullOrWhiteSpace(section.Value))
            _problems.Add($"setting {name}: is a group; set one of its own, such as {name}__{settings[0].Name}");
        foreach (var given in section.GetChildren())
        {
            var setting = settings.FirstOrDefault(p => p.Name.Equals(given.Key, StringComparison.OrdinalIgnoreCase));
            if (setting is null) _problems.Add(Unknown(name + "__", given.Key, [.. settings.Select(p => p.Name)]));
            else if (OptionRanges.IsGroup(setting.PropertyType))
                Fill(given, $"{name}__{setting.Name}", setting.GetValue(options)!, []);
            else Set(given, $"{name}__{setting.Name}", setting, options);
        }
    }

    private void Set(IConfigurationSection given, string name, PropertyInfo setting, object options)
    {
        OnlyOneValue(given, name);
        // An empty variable is how compose files and charts say "not set".
        if (string.IsNullOrWhiteSpace(given.Value)) return;
        var type = Nullable.GetUnderlyingType(setting.PropertyType) ?? setting.PropertyType;
        if (Parse(type, given.Value.Trim()) is { } value) setting.SetValue(options, value);
        else _problems.Add($"setting {name}: is '{given.Value}', use {Kind(type)}{Within(setting)}");
    }

    private void OnlyOneValue(IConfigurationSection given, string name)
    {
        foreach (var below in given.GetChildren())
            _problems.Add($"setting {name}__{below.Key}: unknown; {name} has one value");
    }

    private static object? Parse(Type type, string text)
    {
        // A bare number would be read as days.
        if (type == typeof(TimeSpan))
            return Durations.Parse(text) ?? (text.Contains(':') ? Converted(type, text) : null);
        if (type == typeof(Uri))
            return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
                ? address
                : null;
        if (!type.IsEnum) return Converted(type, text);
        var word = Enum.GetNames(type).FirstOrDefault(n => n.Equals(text, StringComparison.OrdinalIgnoreCase));
        return word is null ? null : Enum.Parse(type, word);
    }

    private static string Within(PropertyInfo setting) =>
        OptionRanges.Range(setting) is { } range ? $" {range}" : "";

    private static object? Converted(Type type, string text)
    {
        try
        {
            return TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text);
        }
        catch (Exception error) when (error is ArgumentException or FormatException or OverflowException)
        {
            return null;
        }
    }

    private static string Kind(Type type) =>
        type == typeof(int) || type == typeof(long) ? "a whole number,"
        : type == typeof(double) ? "a number,"
        : type == typeof(TimeSpan) ? "a time such as 30s or 00:00:30,"
        : type == typeof(bool) ? "true or false"
        : type == typeof(Uri) ? "an address such as http://127.0.0.1:3000"
        : type.IsEnum ? string.Join(" or ", Enum.GetNames(type))
        : "a text";

    private static string Unknown(string prefix, string key, IReadOnlyCollection<string> known) =>
        Suggestion.Closest(key, known) is { } closest
            ? $"setting {prefix}{key}: unknown; did you mean {prefix}{closest}?"
            : $"setting {prefix}{key}: unknown; known: {string.Join(", ", known.Order(StringComparer.Ordinal))}";
}
