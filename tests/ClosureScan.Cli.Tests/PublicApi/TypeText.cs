using System.Globalization;
using System.Reflection;

namespace ClosureScan.Cli.Tests.PublicApi;

/// <summary>Types as C# writes them, with nullability.</summary>
internal static class TypeText
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(char)] = "char",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    public static string Of(Type type) => Text(type, null);

    public static string Of(ParameterInfo parameter)
    {
        string direction = !parameter.ParameterType.IsByRef ? ""
            : parameter.IsOut ? "out "
            : parameter.IsIn ? "in "
            : parameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.InteropServices.InAttribute)) ? "ref readonly "
            : "ref ";
        bool many = parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(System.Runtime.CompilerServices.ParamCollectionAttribute));
        return (many ? "params " : "") + direction + Text(parameter.ParameterType, new NullabilityInfoContext().Create(parameter));
    }

    public static string Of(PropertyInfo property) => Text(property.PropertyType, new NullabilityInfoContext().Create(property));

    public static string Of(FieldInfo field) => Text(field.FieldType, new NullabilityInfoContext().Create(field));

    /// <summary>The type parameters of a generic method, with the types they are bound to; empty for any other method.</summary>
    public static string TypeArguments(MethodInfo method) => method.IsGenericMethod
        ? $"<{string.Join(", ", method.GetGenericArguments().Select(WithConstraints))}>"
        : "";

    /// <summary>The default value of a parameter.</summary>
    public static string Default(ParameterInfo parameter) =>
        parameter.DefaultValue is null && parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null
            ? "default"
            : Literal(parameter.DefaultValue);

    public static string Literal(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text.Replace("\n", "\\n", StringComparison.Ordinal)}\"",
        char character => $"'{character}'",
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static string WithConstraints(Type parameter)
    {
        string[] bounds = [.. parameter.GetGenericParameterConstraints().Where(bound => bound != typeof(ValueType)).Select(Of)];
        bool isStruct = parameter.GenericParameterAttributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        bool isRefStruct = parameter.GenericParameterAttributes.HasFlag(GenericParameterAttributes.AllowByRefLike);
        string text = string.Join(", ", (string[])[.. isStruct ? ["struct"] : Array.Empty<string>(), .. bounds, .. isRefStruct ? ["allows ref struct"] : Array.Empty<string>()]);
        return text.Length == 0 ? parameter.Name : $"{parameter.Name} : {text}";
    }

    private static string Text(Type type, NullabilityInfo? nullability)
    {
        if (type.IsByRef)
        {
            return Text(type.GetElementType()!, nullability);
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Text(underlying, null) + "?";
        }

        string mark = !type.IsValueType && nullability is { ReadState: NullabilityState.Nullable } ? "?" : "";
        if (type.IsArray)
        {
            return $"{Text(type.GetElementType()!, nullability?.ElementType)}[{new string(',', type.GetArrayRank() - 1)}]{mark}";
        }

        if (type.IsPointer)
        {
            return Text(type.GetElementType()!, null) + "*";
        }

        return (Keywords.TryGetValue(type, out string? keyword) ? keyword : Name(type, nullability)) + mark;
    }

    private static string Name(Type type, NullabilityInfo? nullability)
    {
        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        Type[] arguments = type.GetGenericArguments();
        string own = type.Name.Split('`')[0];
        string scope = type.DeclaringType is { } outer ? $"{Of(outer)}." : OwnNamespace(type);
        NullabilityInfo[] known = nullability?.GenericTypeArguments ?? [];
        return arguments.Length == 0 || !type.Name.Contains('`', StringComparison.Ordinal)
            ? scope + own
            : $"{scope}{own}<{string.Join(", ", arguments.Select((argument, index) => Text(argument, index < known.Length ? known[index] : null)))}>";
    }

    // The namespaces of this solution are part of what is promised; those of the base library only fill the lines.
    private static string OwnNamespace(Type type) =>
        type.Namespace is { } name && name.StartsWith("ClosureScan", StringComparison.Ordinal) ? $"{name}." : "";
}
