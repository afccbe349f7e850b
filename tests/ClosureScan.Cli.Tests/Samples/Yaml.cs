using YamlDotNet.RepresentationModel;

namespace ClosureScan.Cli.Tests.Samples;

/// <summary>Reads the YAML of a sample. A key that the caller does not name is a failure: a misspelt one would do nothing, unseen.</summary>
internal static class Yaml
{
    public static YamlMappingNode Load(string file)
    {
        YamlStream stream = [];
        using StreamReader reader = new(file);
        stream.Load(reader);
        return Assert.IsType<YamlMappingNode>(Assert.Single(stream.Documents).RootNode);
    }

    public static void AssertKeys(YamlMappingNode mapping, params string[] known) =>
        Assert.Empty(mapping.Children.Keys.Select(key => ((YamlScalarNode)key).Value!).Except(known));

    public static YamlMappingNode Mapping(this YamlMappingNode mapping, string key) => Assert.IsType<YamlMappingNode>(mapping.Children[key]);

    public static IEnumerable<YamlNode> List(this YamlMappingNode mapping, string key) => Assert.IsType<YamlSequenceNode>(mapping.Children[key]).Children;

    public static string? Text(this YamlMappingNode mapping, string key) =>
        mapping.Children.TryGetValue(key, out YamlNode? node) ? Assert.IsType<YamlScalarNode>(node).Value : null;
}
